// SPDX-License-Identifier: Apache-2.0

import com.google.protobuf.MessageLite;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.server.EmbeddedRuntime;
import io.macp.controlplane.embedded.server.EmbeddedRuntimeConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionStartPayload;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * Envelopes that the embedded runtime acknowledges per second, each durable before its ack, and how
 * long an ack takes; next to the commits that the same PostgreSQL takes in the same run. Clients,
 * runtime and database share the machine. Every session sends one envelope after the other.
 *
 * <p>{@code --quick} takes about half a minute, the full run about three.
 */
final class RuntimeBenchmark {
  private static final int CHANNELS = 4;
  private static final int LONG_SESSION = 10_000;
  private static final int PART = 1_000;
  private static final String TOKENS = "[{\"token\":\"bench\",\"sender\":\"bench\"}]";

  private final List<MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub> stubs =
      new ArrayList<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private RuntimeBenchmark(List<ManagedChannel> channels) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer bench");
    channels.forEach(
        channel ->
            stubs.add(
                MACPRuntimeServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))));
  }

  public static void main(String[] arguments) throws Exception {
    boolean quick = List.of(arguments).contains("--quick");
    int seconds = quick ? 3 : 20;
    Path data = Files.createTempDirectory(Path.of("target"), "benchmark-");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.resolve("data"))
            .setOverrideWorkingDirectory(data.toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      DataSource pool = pool(postgres.getJdbcUrl("postgres", "postgres"), 20);
      Flyway.configure().dataSource(pool).load().migrate();
      System.out.printf(
          "JVM %s, %d cores, %s%n%n| what | at a time | per second | p50 ms | p99 ms |%n"
              + "|---|--:|--:|--:|--:|%n",
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          quick ? "quick run" : "full run");
      measure(pool, seconds, quick);
    } finally {
      delete(data);
    }
    System.exit(0);
  }

  private static void measure(DataSource pool, int seconds, boolean quick) throws Exception {
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            TransportConfig.loopback(0),
            "observer of the benchmark",
            AuthConfig.staticTokens(TOKENS),
            new EmbeddedRuntimeConfig.Limits(
                1_048_576, Integer.MAX_VALUE, Integer.MAX_VALUE, 1_024),
            Duration.ofDays(1));
    List<ManagedChannel> channels = new ArrayList<>();
    try (EmbeddedRuntime runtime =
        EmbeddedRuntime.start(config, pool, Clock.systemUTC(), Ids.random())) {
      for (int i = 0; i < CHANNELS; i++) {
        channels.add(
            NettyChannelBuilder.forAddress(runtime.host(), runtime.port()).usePlaintext().build());
      }
      RuntimeBenchmark benchmark = new RuntimeBenchmark(channels);
      benchmark.together(50, quick ? 3 : 10); // warm-up, not printed
      for (int connections : new int[] {1, 16}) {
        row("raw insert and commit", connections, commits(pool, connections, seconds));
      }
      for (int sessions : new int[] {1, 50, 500}) {
        row("acknowledged envelopes", sessions, benchmark.together(sessions, seconds));
      }
      benchmark.longSessions(quick ? 4 : 16, quick ? 12 : 90);
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  /** Durations of single operations in nanoseconds, and how long all of them took together. */
  private record Sample(long[] durations, long elapsed) {
    static Sample of(List<long[]> parts, long elapsed) {
      long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Sample(all, elapsed);
    }

    double rate() {
      return durations.length * 1e9 / elapsed;
    }

    double percentile(double share) {
      return durations[(int) Math.min(durations.length - 1.0, durations.length * share)] / 1e6;
    }
  }

  private static void row(String what, int atATime, Sample sample) {
    System.out.printf(
        "| %s | %d | %,.0f | %.2f | %.2f |%n",
        what, atATime, sample.rate(), sample.percentile(0.5), sample.percentile(0.99));
  }

  private interface Operation {
    void run(int number) throws Exception;
  }

  private static long[] repeat(long end, Operation operation) throws Exception {
    long[] durations = new long[1_024];
    int count = 0;
    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      operation.run(count + 1);
      durations = count == durations.length ? Arrays.copyOf(durations, count * 2) : durations;
      durations[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(durations, count);
  }

  private static Sample collect(List<Future<long[]>> parts, long begin) throws Exception {
    List<long[]> durations = new ArrayList<>();
    for (Future<long[]> part : parts) {
      durations.add(part.get());
    }
    return Sample.of(durations, System.nanoTime() - begin);
  }

  /** What the database can do: one row and one commit, again and again, on each connection. */
  private static Sample commits(DataSource pool, int connections, int seconds) throws Exception {
    try (Connection setUp = pool.getConnection();
        Statement statement = setUp.createStatement()) {
      statement.execute("create table if not exists raw_commits (id bigserial, payload bytea)");
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      long begin = System.nanoTime();
      long end = begin + seconds * 1_000_000_000L;
      List<Future<long[]>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        parts.add(threads.submit(() -> commits(pool, end)));
      }
      return collect(parts, begin);
    }
  }

  private static long[] commits(DataSource pool, long end) throws Exception {
    byte[] payload = proposal(1).toByteArray();
    try (Connection connection = pool.getConnection();
        var insert = connection.prepareStatement("insert into raw_commits (payload) values (?)")) {
      return repeat(
          end,
          number -> {
            insert.setBytes(1, payload);
            insert.executeUpdate();
          });
    }
  }

  /** So many sessions at a time, each sending as fast as it gets acks. */
  private Sample together(int sessions, int seconds) throws Exception {
    List<String> ids = open(sessions);
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<Future<long[]>> parts = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      int lane = i;
      parts.add(executor.submit(() -> repeat(end, n -> propose(lane, ids.get(lane), n))));
    }
    return collect(parts, begin);
  }

  private List<String> open(int sessions) throws Exception {
    List<String> ids =
        Stream.generate(() -> UUID.randomUUID().toString()).limit(sessions).toList();
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      int lane = i;
      started.add(
          executor.submit(() -> send(lane, ids.get(lane), "SessionStart", "start", start())));
    }
    for (Future<?> start : started) {
      start.get();
    }
    return ids;
  }

  /** Sessions that grow to ten thousand envelopes: does the last thousand cost what the first did? */
  private void longSessions(int sessions, int seconds) throws Exception {
    List<String> ids = open(sessions);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Future<long[]>> growing = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      int lane = i;
      growing.add(executor.submit(() -> grow(lane, ids.get(lane), end)));
    }
    List<long[]> grown = new ArrayList<>();
    for (Future<long[]> session : growing) {
      grown.add(session.get());
    }
    int length = grown.stream().mapToInt(durations -> durations.length).min().orElse(0);
    int part = Math.min(PART, length / 2);
    String of = String.format(" %,d of sessions of %,d", part, length);
    row("first" + of, sessions, slice(grown, 0, part));
    row("last" + of, sessions, slice(grown, length - part, part));
  }

  /** Sends until the session is long or the time is up. */
  private long[] grow(int lane, String id, long end) {
    long[] durations = new long[LONG_SESSION];
    int count = 0;
    for (long begin = System.nanoTime();
        begin < end && count < LONG_SESSION;
        begin = System.nanoTime()) {
      propose(lane, id, count + 1);
      durations[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(durations, count);
  }

  private static Sample slice(List<long[]> sessions, int from, int count) {
    List<long[]> parts = new ArrayList<>();
    long longest = 0;
    for (long[] session : sessions) {
      long[] part = Arrays.copyOfRange(session, from, from + count);
      parts.add(part);
      longest = Math.max(longest, Arrays.stream(part).sum());
    }
    return Sample.of(parts, longest);
  }

  private void propose(int lane, String id, int number) {
    send(lane, id, "Proposal", "m" + number, proposal(number));
  }

  private static ProposalPayload proposal(int number) {
    return ProposalPayload.newBuilder()
        .setProposalId("p" + number)
        .setOption("deploy")
        .setRationale("the figures look right and the way back is known")
        .build();
  }

  private static SessionStartPayload start() {
    return SessionStartPayload.newBuilder()
        .setIntent("measure")
        .addParticipants("bench")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setTtlMs(3_600_000)
        .build();
  }

  private void send(int lane, String session, String type, String id, MessageLite payload) {
    Envelope envelope =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMode("macp.mode.decision.v1")
            .setMessageType(type)
            .setMessageId(id)
            .setSessionId(session)
            .setSender("bench")
            .setPayload(payload.toByteString())
            .build();
    Ack ack =
        stubs
            .get(lane % CHANNELS)
            .send(SendRequest.newBuilder().setEnvelope(envelope).build())
            .getAck();
    if (!ack.getOk()) {
      throw new IllegalStateException("refused: " + ack.getError());
    }
  }

  /** As few connections as the server's pool has, opened at first use. */
  private static DataSource pool(String url, int size) throws SQLException {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setURL(url);
    source.setReWriteBatchedInserts(true);
    BlockingQueue<PooledConnection> idle = new ArrayBlockingQueue<>(size);
    for (int i = 0; i < size; i++) {
      PooledConnection pooled = source.getPooledConnection();
      pooled.addConnectionEventListener(
          new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
              idle.add(pooled);
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {}
          });
      idle.add(pooled);
    }
    return (DataSource)
        Proxy.newProxyInstance(
            RuntimeBenchmark.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getConnection" -> idle.take().getConnection();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
