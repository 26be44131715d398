// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL that a test starts and stops, as an operator would: what DATABASE_URL names. Its
 * port and content stay the same over restarts; it asks for a password. For one thread at a time.
 */
public final class OutsideDatabase implements AutoCloseable {
  private static final int RESTART_SECONDS = 60;
  private static final String PASSWORD = "pa55-of-the-test";

  private final Path folder;
  private final int port = LibertyServer.freePort();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable EmbeddedPostgres running;

  private OutsideDatabase(Path folder) {
    this.folder = folder;
  }

  /** A new database that does not run yet. */
  public static OutsideDatabase created() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "databases").toAbsolutePath());
      Path folder = Files.createTempDirectory(parent, "database");
      Files.writeString(folder.resolve("password"), PASSWORD);
      return new OutsideDatabase(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a setting of PostgreSQL for its next start. */
  public OutsideDatabase with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  public void start() {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(SharedBinaries.folder().toFile())
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setPort(port)
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", folder.resolve("password").toString())
              .setConnectConfig("password", PASSWORD)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on");
      settings.forEach(builder::setServerConfig);
      running = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server at once; clients see their connections cut. */
  public void stop() {
    EmbeddedPostgres database = running;
    running = null;
    if (database != null) {
      try {
        database.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Restarts the server as an operator would, and returns once it takes connections again.
   *
   * @param mode {@code fast}, which ends what is under way, or {@code immediate}, as a crash would
   */
  public void restart(String mode) {
    try {
      Process process =
          new ProcessBuilder(restartScript().toString(), mode)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(RESTART_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("the database was not restarted");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * A program that restarts the server in the mode of its argument; PostgreSQL refuses to run as
   * root.
   */
  public Path restartScript() throws IOException {
    Path file = folder.resolve("restart");
    if (Files.exists(file)) {
      return file;
    }
    String script =
        """
        #!/bin/sh
        as=
        [ "$(id -u)" != 0 ] || as="unshare -U"
        exec $as %s -D %s -m "$1" -w -l /dev/null restart
        """
            .formatted(program("pg_ctl"), dataFolder());
    Files.writeString(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " could not be made executable");
    }
    return file;
  }

  /** A way to look into it and to disturb it, beside what is being tested. */
  public DataSource dataSource() {
    PGSimpleDataSource origin = new PGSimpleDataSource();
    origin.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    origin.setUser("postgres");
    origin.setPassword(PASSWORD);
    return origin;
  }

  /** What DATABASE_URL is set to. */
  public String url() {
    return "postgres://postgres:" + PASSWORD + "@127.0.0.1:" + port + "/postgres";
  }

  /** Where it keeps its data. */
  public Path dataFolder() {
    return folder.resolve("data");
  }

  /** One of the programs that belong to it. */
  public Path program(String name) {
    try (Stream<Path> files = Files.walk(SharedBinaries.folder(), 3)) {
      return files.filter(file -> file.endsWith(Path.of("bin", name))).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String password() {
    return PASSWORD;
  }

  @Override
  public void close() {
    stop();
  }
}
