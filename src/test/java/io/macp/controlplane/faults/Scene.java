// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.testing.HistoryChecker;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import io.macp.controlplane.testing.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A packaged server, or several, between a runtime and a database that both are the test's to
 * disturb.
 */
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double MIB = 1024.0 * 1024.0;

  private final FakeRuntime runtime = FakeRuntime.start();
  private final OutsideDatabase database = OutsideDatabase.created();
  private final Disturbance disturbance = new Disturbance(database.dataSource());
  private final List<LibertyServer> servers;
  private final AtomicInteger launched = new AtomicInteger();

  Scene(Map<String, String> more) {
    this(more, 1);
  }

  /** With several servers on the same database and runtime. */
  Scene(Map<String, String> more, int instances) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("DATABASE_URL", database.url());
    settings.put("RUNTIME_ADDRESS", "127.0.0.1:" + runtime.address().port());
    settings.put("THROTTLE_LIMIT", "1000000");
    settings.put("LOG_LEVEL", "warn");
    servers = Stream.generate(() -> LibertyServer.with(settings)).limit(instances).toList();
  }

  Scene start() {
    database.start();
    servers.forEach(LibertyServer::launch);
    servers.forEach(LibertyServer::awaitReady);
    return this;
  }

  FakeRuntime runtime() {
    return runtime;
  }

  OutsideDatabase database() {
    return database;
  }

  Disturbance disturbance() {
    return disturbance;
  }

  LibertyServer server() {
    return servers.getFirst();
  }

  /** The server of that number, or one that runs when it does not, as a balancer would choose. */
  LibertyServer serving(int number) {
    LibertyServer wanted = servers.get(number % servers.size());
    return wanted.running()
        ? wanted
        : servers.stream().filter(LibertyServer::running).findFirst().orElse(wanted);
  }

  HistoryChecker checker() {
    return new HistoryChecker(database.dataSource());
  }

  /** Announces a run for a session that an agent may open then. */
  UUID launch(String sessionId) {
    LibertyServer server = serving(launched.getAndIncrement());
    HttpResponse<String> answer = server.post("/runs", Json.write(descriptor(sessionId)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return UUID.fromString(String.valueOf(Json.readTree(answer.body()).get("runId")));
  }

  private static Map<String, Object> descriptor(String sessionId) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("sessionId", sessionId);
    session.put("modeName", "macp.mode.decision.v1");
    session.put("modeVersion", "1.0.0");
    session.put("configurationVersion", "config.default");
    session.put("ttlMs", 3_600_000);
    session.put("participants", List.of(Map.of("id", "agent://a")));
    return Map.of("mode", "live", "runtime", Map.of("kind", "rust"), "session", session);
  }

  /** A request that needs the database is told that it is not there, in the contract's words. */
  void requireUnavailable() {
    HttpResponse<String> answer =
        server().post("/runs", Json.write(descriptor(UUID.randomUUID().toString())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("DATABASE_UNAVAILABLE").doesNotContain("53100", "SQL");
  }

  /** How many subscribers the server says that it has. */
  int subscribers() {
    return (int) metric("active_sse_connections");
  }

  private double metric(String name) {
    return server()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** What the server's heap holds after a collection, in MiB. */
  double heapAfterCollection() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    execute(tool.toString(), Long.toString(server().process().pid()), "GC.run");
    return metric("memory_usedHeap_bytes") / MIB;
  }

  /** Sends the server's process a signal that Java does not know. */
  void signal(String name) {
    execute("kill", "-" + name, Long.toString(server().process().pid()));
  }

  private static void execute(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns as soon as the condition holds; says what it waited for when it never does. */
  static void await(Supplier<String> expectation, BooleanSupplier condition) {
    await(PATIENCE, expectation, condition);
  }

  static void await(Duration most, Supplier<String> expectation, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + most.toSeconds() + " s: " + expectation.get());
      }
      Pause.shortly();
    }
  }

  @Override
  public void close() {
    servers.forEach(LibertyServer::close);
    runtime.close();
    database.close();
  }
}
