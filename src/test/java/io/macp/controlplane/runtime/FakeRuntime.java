// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.macp.v1.Envelope;
import io.macp.v1.SessionLifecycleEvent;
import io.macp.v1.SessionLifecycleEvent.EventType;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A MACP runtime for tests: a real gRPC server on a free loopback port whose sessions, answers and
 * faults the test decides. Sessions survive {@link #restart()}. Thread-safe.
 */
public final class FakeRuntime implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
  private final List<FakeWriter<WatchSessionsResponse>> sessionWatchers =
      new CopyOnWriteArrayList<>();
  private final List<FakeWriter<WatchSignalsResponse>> signalWatchers =
      new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<StreamSessionRequest> frames = new CopyOnWriteArrayList<>();
  private final FakeIntake intake = new FakeIntake(this);
  private final FakeScript script = new FakeScript();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerCredentials credentials;
  private @Nullable Server server;
  private int port;
  private volatile int overlap;

  private FakeRuntime(ServerCredentials credentials) {
    this.credentials = credentials;
    restart();
  }

  /** A call that arrived, with the text metadata that it carried. */
  public record Call(String method, Map<String, String> headers) {}

  /** A runtime without TLS. */
  public static FakeRuntime start() {
    return new FakeRuntime(InsecureServerCredentials.create());
  }

  /** A runtime with the given protection. */
  public static FakeRuntime start(ServerCredentials credentials) {
    return new FakeRuntime(credentials);
  }

  public RuntimeConfig.Address address() {
    return new RuntimeConfig.Address("127.0.0.1", port);
  }

  /** What becomes of envelopes that are sent. */
  public FakeIntake intake() {
    return intake;
  }

  /** What unary calls and new streams are to meet. */
  public FakeScript script() {
    return script;
  }

  /** Opens a session in decision mode, or finds it. Watchers of sessions hear of a new one. */
  public FakeSession session(String id) {
    return sessions.computeIfAbsent(
        id,
        key -> {
          FakeSession session = new FakeSession(key, this::announce);
          announce(EventType.EVENT_TYPE_CREATED, session);
          return session;
        });
  }

  /** Makes the runtime forget a session, as it does some time after its end. */
  public void forget(String id) {
    sessions.remove(id);
  }

  /** Sends an ambient envelope to all watchers of signals. */
  public void signal(Envelope envelope) {
    WatchSignalsResponse frame = WatchSignalsResponse.newBuilder().setEnvelope(envelope).build();
    signalWatchers.forEach(watcher -> watcher.write(frame));
  }

  /** Ends the streams of all sessions; with OK they complete after what is waiting. */
  public void cutStreams(io.grpc.Status status) {
    sessions.values().forEach(session -> session.cut(status));
  }

  /** Ends all watches with a status. */
  public void cutWatches(io.grpc.Status status) {
    sessionWatchers.forEach(watcher -> watcher.fail(status));
    signalWatchers.forEach(watcher -> watcher.fail(status));
    sessionWatchers.clear();
    signalWatchers.clear();
  }

  /** Begins every later stream so many messages before the place that it was asked for. */
  public void overlap(int messages) {
    overlap = messages;
  }

  /** Where a stream begins that was asked for after a place. */
  long beginning(long afterSequence) {
    return Math.max(0, afterSequence - overlap);
  }

  /** Calls so far to one RPC, such as {@code GetSession}, oldest first. */
  public List<Call> calls(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).toList();
  }

  /** Every frame that a client wrote on a session stream, oldest first. */
  public List<StreamSessionRequest> frames() {
    return List.copyOf(frames);
  }

  public int sessionWatchers() {
    return sessionWatchers.size();
  }

  public int signalWatchers() {
    return signalWatchers.size();
  }

  /** Goes down at once: open calls break, new connections are refused. */
  public synchronized void stop() {
    if (server == null) {
      return;
    }
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server = null;
    sessions.values().forEach(FakeSession::dropSubscribers);
    sessionWatchers.clear();
    signalWatchers.clear();
  }

  /** Comes up again on the same port, after going down if need be. */
  public synchronized void restart() {
    stop();
    try {
      Server started =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), credentials)
              .executor(executor)
              .permitKeepAliveTime(1, TimeUnit.SECONDS)
              .addService(ServerInterceptors.intercept(new FakeService(this), new Recorder()))
              .build()
              .start();
      server = started;
      port = started.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    script.close();
    executor.shutdownNow();
  }

  Optional<FakeSession> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  List<FakeSession> all() {
    return List.copyOf(sessions.values());
  }

  void wrote(StreamSessionRequest frame) {
    frames.add(frame);
  }

  void watchSessions(FakeWriter<WatchSessionsResponse> watcher) {
    sessions.values().forEach(s -> watcher.write(lifecycle(EventType.EVENT_TYPE_CREATED, s)));
    sessionWatchers.add(watcher);
  }

  void watchSignals(FakeWriter<WatchSignalsResponse> watcher) {
    signalWatchers.add(watcher);
  }

  private void announce(EventType type, FakeSession session) {
    sessionWatchers.forEach(watcher -> watcher.write(lifecycle(type, session)));
  }

  private static WatchSessionsResponse lifecycle(EventType type, FakeSession session) {
    return WatchSessionsResponse.newBuilder()
        .setEvent(
            SessionLifecycleEvent.newBuilder()
                .setEventType(type)
                .setSession(session.metadata())
                .setObservedAtUnixMs(session.metadata().getStartedAtUnixMs()))
        .build();
  }

  /** Notes each call before anything else looks at it. */
  private final class Recorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (String name : headers.keys()) {
        if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
          String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
          texts.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        }
      }
      String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
      calls.add(new Call(method, Map.copyOf(texts)));
      return next.startCall(call, headers);
    }
  }
}
