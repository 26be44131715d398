// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.conformance.Insight;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.store.SessionLogStore;
import io.macp.controlplane.platform.Ids;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An embedded runtime on a database of its own, which lets its sessions be looked at. */
public final class FreshRuntime implements Insight, AutoCloseable {
  private final DataSource dataSource;
  private final EmbeddedRuntime runtime;

  private FreshRuntime(DataSource dataSource, EmbeddedRuntime runtime) {
    this.dataSource = dataSource;
    this.runtime = runtime;
  }

  /** A runtime that listens. */
  public static FreshRuntime start() throws IOException {
    try {
      DataSource dataSource = Database.fresh();
      return new FreshRuntime(
          dataSource,
          EmbeddedRuntime.start(Runtimes.config(), dataSource, Clock.systemUTC(), Ids.random()));
    } catch (SQLException e) {
      throw new IOException("the database did not start: " + e.getMessage(), e);
    }
  }

  /** Host and port. */
  public String address() {
    return runtime.address();
  }

  @Override
  public Map<String, @Nullable Object> modeState(String sessionId) {
    return require(sessionId).progress().modeState().projection();
  }

  @Override
  public Set<String> acceptedIds(String sessionId) {
    Set<String> ids = new HashSet<>();
    for (LogEntry entry : log(sessionId)) {
      if (entry instanceof LogEntry.Started started) {
        ids.add(started.envelope().messageId());
      } else if (entry instanceof LogEntry.Accepted accepted) {
        ids.add(accepted.envelope().messageId());
      }
    }
    return ids;
  }

  @Override
  public boolean replaysEqually(String sessionId) {
    SessionMachine machine = new SessionMachine(BuiltInModes.catalog());
    List<LogEntry> log = log(sessionId);
    Session session = machine.begin((LogEntry.Started) log.getFirst());
    for (LogEntry entry : log.subList(1, log.size())) {
      session = machine.evolve(session, entry);
    }
    return session.equals(require(sessionId));
  }

  private List<LogEntry> log(String sessionId) {
    return new SessionLogStore(dataSource, PayloadDecoder::decode).findLog(sessionId).orElseThrow();
  }

  private Session require(String sessionId) {
    return runtime.inspect(sessionId).orElseThrow();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
