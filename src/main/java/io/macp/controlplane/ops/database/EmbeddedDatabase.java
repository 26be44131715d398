// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import io.macp.controlplane.datasource.DatabaseUrl;
import io.macp.controlplane.platform.Ids;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that serves when no other is configured: its own process, on loopback, durable, in
 * one folder. A process that outlived a killed server is taken over. For one thread at a time.
 */
final class EmbeddedDatabase {
  private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
  private static final String ROLE = "postgres";
  private static final String HOST = "127.0.0.1";

  private final DataFolder folder;
  private final Ids ids;
  private final Duration startLimit;
  private @Nullable EmbeddedPostgres running;
  private @Nullable FolderLock lock;

  /**
   * @param startLimit how long a start may take, recovery after a crash included
   */
  EmbeddedDatabase(DataFolder folder, Ids ids, Duration startLimit) {
    this.folder = folder;
    this.ids = ids;
    this.startLimit = startLimit;
  }

  /** Starts the database, or takes over the one that runs on the folder, and tells where it is. */
  DatabaseUrl start() throws DatabaseFault {
    folder.prepare(ids);
    if (lock == null) {
      lock = FolderLock.acquire(folder.root());
    }
    try {
      if (!Files.exists(folder.postgres())) {
        create();
      }
      Optional<Integer> taken = leftover();
      int port = taken.isPresent() ? taken.get() : freePort();
      running = launch(folder.postgres(), port);
      folder.rememberPort(port);
      return location(port);
    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
      throw explained(e);
    }
  }

  Path folder() {
    return folder.root();
  }

  /** Whether the process that {@link #start} left behind still lives. */
  boolean alive() {
    try {
      return Postmaster.find(folder.postgres()).filter(Postmaster::alive).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops the database; open connections are cut, committed work stays. */
  void stop() throws IOException {
    EmbeddedPostgres database = running;
    FolderLock held = lock;
    running = null;
    lock = null;
    // The library would complain of one that has died by itself.
    if (database != null && alive()) {
      database.close();
    }
    if (held != null) {
      held.close();
    }
  }

  /** Makes the files of a new database under another name, so that a crash leaves no half one. */
  private void create() throws IOException {
    folder.deleteUnfinished();
    LOG.log(Level.INFO, "Creating the embedded database in {0}", folder.postgres());
    launch(folder.unfinished(), freePort()).close();
    Files.move(folder.unfinished(), folder.postgres());
  }

  /** The port of a database that a killed server left running; clears what is merely stale. */
  private Optional<Integer> leftover() throws IOException {
    Optional<Postmaster> found = Postmaster.find(folder.postgres());
    if (found.filter(Postmaster::alive).isEmpty()) {
      Postmaster.deleteFile(folder.postgres());
      return Optional.empty();
    }
    LOG.log(
        Level.INFO,
        "Taking over the embedded database that still runs as process {0}",
        Long.toString(found.get().pid()));
    return Optional.of(found.get().port());
  }

  private EmbeddedPostgres launch(Path data, int port) throws IOException {
    // Ours is held already; a failed start would leave the library's locked until collected.
    Files.deleteIfExists(data.resolve("epg-lock"));
    // The library sweeps this folder for leavings of its own; it must not be the data's parent.
    System.setProperty("ot.epg.working-dir", folder.binaries().toString());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.binaries().toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(startLimit)
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", folder.passwordFile().toString())
        .setConnectConfig("password", folder.password())
        .setServerConfig("listen_addresses", HOST)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setOutputRedirector(Redirect.appendTo(folder.log().toFile()))
        .setErrorRedirector(Redirect.appendTo(folder.log().toFile()))
        .start();
  }

  private int freePort() throws IOException {
    Optional<Integer> remembered = folder.rememberedPort();
    if (remembered.isPresent() && canBind(remembered.get())) {
      return remembered.get();
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private DatabaseUrl location(int port) throws IOException {
    String url = "jdbc:postgresql://" + HOST + ":" + port + "/postgres";
    return new DatabaseUrl(url, Optional.of(ROLE), Optional.of(folder.password()));
  }

  private DatabaseFault explained(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (message.startsWith("No Postgres binary found") || message.startsWith("Missing ")) {
      return new DatabaseFault(
          "this build carries no embedded PostgreSQL for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ". Name a database in DATABASE_URL");
    }
    String complaint = folder.lastComplaint();
    return new DatabaseFault(
        "the embedded PostgreSQL in "
            + folder.root()
            + " did not start: "
            + (complaint.isEmpty() ? message : complaint)
            + ". Its log is "
            + folder.log());
  }
}
