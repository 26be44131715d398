// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folder that holds everything of the embedded database, readable by its owner alone.
 *
 * @param root absolute path of the folder
 */
record DataFolder(Path root) {
  private static final String SETTING = "MACP_DATA_DIR";
  private static final String FOLDER_OF_SERVER = "macp.default.data.dir";
  private static final long LOG_LIMIT = 10L * 1024 * 1024;

  static DataFolder of(Settings settings) {
    String path =
        settings.find(SETTING).orElseGet(() -> System.getProperty(FOLDER_OF_SERVER, ".macp-data"));
    return new DataFolder(Path.of(path).toAbsolutePath().normalize());
  }

  /** The database's own files. */
  Path postgres() {
    return root.resolve("postgres");
  }

  /** Where a new database is made; renamed once it is whole. */
  Path unfinished() {
    return root.resolve("postgres.new");
  }

  Path binaries() {
    return root.resolve("binaries");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  Path passwordFile() {
    return root.resolve("postgres.password");
  }

  private Path portFile() {
    return root.resolve("postgres.port");
  }

  /** Makes the folder and what must be there before the database is. */
  void prepare(Ids ids) throws DatabaseFault {
    try {
      Files.createDirectories(root);
      if (!Files.isWritable(root)) {
        throw unusable("is not writable for user " + System.getProperty("user.name"));
      }
      closeToOthers(root);
      if (!Files.isDirectory(binaries())) {
        Files.createDirectory(binaries());
      }
      if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
        Files.delete(log());
      }
      preparePassword(ids);
    } catch (IOException e) {
      throw unusable("cannot be used: " + e);
    }
  }

  private void preparePassword(Ids ids) throws IOException, DatabaseFault {
    if (Files.exists(passwordFile())) {
      if (!Files.isReadable(passwordFile())) {
        throw unusable("belongs to another user than " + System.getProperty("user.name"));
      }
      return;
    }
    if (Files.exists(postgres())) {
      throw unusable("holds a database but not its password in " + passwordFile().getFileName());
    }
    Files.createFile(passwordFile());
    closeToOthers(passwordFile());
    Files.writeString(passwordFile(), ids.next().toString() + ids.next());
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /** The port of the last start, which bookmarks and open shells still know. */
  Optional<Integer> rememberedPort() throws IOException {
    if (!Files.exists(portFile())) {
      return Optional.empty();
    }
    String text = Files.readString(portFile()).strip();
    return text.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  void rememberPort(int port) throws IOException {
    Files.writeString(portFile(), Integer.toString(port));
  }

  /** The last words of the database that say why it gave up; empty when it said nothing. */
  String lastComplaint() {
    try {
      List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
      return lines.reversed().stream()
          .filter(line -> line.contains("FATAL:") || line.contains("error:"))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  void deleteUnfinished() throws IOException {
    if (!Files.exists(unfinished(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(unfinished(), new Deletion());
  }

  private DatabaseFault unusable(String problem) {
    return new DatabaseFault(
        "the data folder "
            + root
            + " "
            + problem
            + ". Correct that, or name another folder in "
            + SETTING
            + ", or a database in DATABASE_URL");
  }

  private static void closeToOthers(Path path) {
    try {
      String mode = Files.isDirectory(path) ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot protect " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
