// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.append.FoldStore;
import io.macp.controlplane.log.append.ImportStore;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.history.CheckpointStore;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.testing.JumpingClock;
import io.macp.controlplane.testing.OutsideDatabase;
import io.macp.controlplane.testing.TestDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Log and ledger on a PostgreSQL of their own, wired as the product wires them, without a server
 * around them. Thread-safe, except for starting and stopping the database.
 */
public final class Spine implements AutoCloseable {
  public static final JumpingClock CLOCK = new JumpingClock();

  private final Member member = new Member(Ids.random());
  private final OutsideDatabase server;
  private final TestDataSource dataSource;
  private final Database database;
  private final EntityManagerFactory entities;
  private final List<Committed.Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Committed.Outbox> outboxes = new CopyOnWriteArrayList<>();
  private final Ledger ledger;
  private final RunImport imports;
  private final RunReadStore runs;
  private final EventReadStore events;

  private Spine(OutsideDatabase server) {
    this.server = server;
    this.dataSource = new TestDataSource(server.dataSource());
    this.database = new Database(dataSource);
    Tables tables = new Tables(new LogStore(Ids.random()), new RunStore(member), new FoldStore());
    Wake wake =
        new Wake(
            List.of(commit -> listeners.forEach(listener -> listener.committed(commit))),
            List.of(
                (writes, before, commit) -> {
                  for (Committed.Outbox outbox : outboxes) {
                    outbox.write(writes, before, commit);
                  }
                }));
    Pages pages = new Pages(tables, Ids.random());
    this.ledger = new Ledger(database, tables, pages, wake, CLOCK, Unseen.report());
    this.imports = new RunImport(database, tables, pages, new ImportStore(), CLOCK);
    this.entities =
        Persistence.createEntityManagerFactory(
            "macp",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource",
                dataSource));
    // Long outages without long tests: otherwise a failed read is repeated for fifteen seconds.
    entities.unwrap(ServerSession.class).getLogin().setQueryRetryAttemptCount(0);
    this.runs = new RunReadStore(entities);
    this.events = new EventReadStore(entities);
  }

  /** On a new database with the schema of this release. */
  public static Spine start() {
    OutsideDatabase server = OutsideDatabase.created();
    server.start();
    return on(server);
  }

  /** On a database that runs, brought to the schema of this release. */
  public static Spine on(OutsideDatabase server) {
    Flyway.configure()
        .dataSource(server.dataSource())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return new Spine(server);
  }

  /** The entities, with something that happens before each look for one of them. */
  private EntityManagerFactory watched(Consumer<String> beforeFind) {
    return proxy(
        EntityManagerFactory.class,
        (method, arguments) ->
            method.getName().equals("createEntityManager")
                ? watched(entities.createEntityManager(), beforeFind)
                : method.invoke(entities, arguments));
  }

  private static EntityManager watched(EntityManager manager, Consumer<String> beforeFind) {
    return proxy(
        EntityManager.class,
        (method, arguments) -> {
          if (method.getName().equals("find") && arguments[0] instanceof Class<?> type) {
            beforeFind.accept(type.getSimpleName());
          }
          return method.invoke(manager, arguments);
        });
  }

  private interface Call {
    Object to(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return call.to(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  public Ledger ledger() {
    return ledger;
  }

  /** The instance that runs are inserted for, once it follows any. */
  public Member member() {
    return member;
  }

  public RunImport imports() {
    return imports;
  }

  public RunReadStore runs() {
    return runs;
  }

  /** The same, with something that happens before each look for an entity, told by its name. */
  public RunReadStore runs(Consumer<String> beforeFind) {
    return new RunReadStore(watched(beforeFind));
  }

  public EventReadStore events() {
    return events;
  }

  public RunHistory history() {
    return history(runs);
  }

  /** The same on read models from elsewhere. */
  public RunHistory history(RunReadStore stored) {
    return new RunHistory(database, new CheckpointStore(), stored);
  }

  public Database database() {
    return database;
  }

  public EntityManagerFactory entities() {
    return entities;
  }

  /** The connections, to make them fail. */
  public TestDataSource dataSource() {
    return dataSource;
  }

  /** The database server, to stop and start it. */
  public OutsideDatabase server() {
    return server;
  }

  /** Told of every commit from now on. */
  public void listen(Committed.Listener listener) {
    listeners.add(listener);
  }

  /** Writes within every change from now on. */
  public void writeTo(Committed.Outbox outbox) {
    outboxes.add(outbox);
  }

  /** Not told any more. */
  public void unlisten(Committed.Listener listener) {
    listeners.remove(listener);
  }

  /** Forgets all runs, for the next test. */
  public void clear() {
    change("delete from runs");
  }

  /** The rows of a query, each a list of its columns. */
  public List<List<@Nullable Object>> rows(String sql, Object... values) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = prepared(connection, sql, values);
              ResultSet rows = select.executeQuery()) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            while (rows.next()) {
              List<@Nullable Object> row = new ArrayList<>();
              for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(rows.getObject(i));
              }
              all.add(row);
            }
            return all;
          }
        });
  }

  /** The one number that a query answers. */
  public long number(String sql, Object... values) {
    return Long.parseLong(text(sql, values));
  }

  /** The one value that a query answers, as text. */
  public String text(String sql, Object... values) {
    return String.valueOf(rows(sql, values).getFirst().getFirst());
  }

  /** Changes rows behind the ledger's back; answers how many. */
  public int change(String sql, Object... values) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update = prepared(connection, sql, values)) {
            return update.executeUpdate();
          }
        });
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    entities.close();
    server.close();
  }
}
