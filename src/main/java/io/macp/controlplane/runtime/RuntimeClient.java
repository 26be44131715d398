// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.platform.trace.Tracing;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import io.macp.controlplane.runtime.credential.Credentials;
import io.macp.controlplane.runtime.credential.SpeakerConfig;
import io.macp.controlplane.runtime.speech.Speech;
import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.view.Catalogue;
import io.macp.controlplane.runtime.view.Negotiated;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.controlplane.runtime.view.SessionEvent;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.GetManifestRequest;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.ListModesRequest;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListRootsRequest;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SuspendSessionRequest;
import io.macp.v1.UnregisterPolicyRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Observes a MACP runtime (contract, section 13). Thread-safe.
 *
 * <p>Unary methods block until the runtime answers or the configured deadline passes, go through
 * the circuit breaker and throw {@link RuntimeCallFailed}. Streams have neither deadline nor
 * breaker: what goes wrong, also while opening, reaches the listener; only a closed client throws.
 * Nothing here sends an envelope to a runtime, unless {@link #allowSpeech} was called.
 */
public final class RuntimeClient implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final CircuitBreaker breaker;
  private final Credentials credentials;
  private final Connections connections;
  private final UnaryCalls calls;
  private final Streams streams;
  private final Function<SpeakerConfig, SpokenCalls> speeches;
  private final AtomicReference<@Nullable SpokenCalls> speech = new AtomicReference<>();

  /**
   * Connects with the first call, not here.
   *
   * @param config must hold an address
   * @param callbacks runs stream listeners; one that starts a virtual thread per task suits best
   */
  public RuntimeClient(
      RuntimeConfig config, Clock clock, Executor callbacks, RuntimeCallListener listener) {
    this(config, clock, callbacks, listener, Tracing.off());
  }

  /** The same, with calls that carry the trace of whoever makes them. */
  public RuntimeClient(
      RuntimeConfig config,
      Clock clock,
      Executor callbacks,
      RuntimeCallListener listener,
      Tracing tracing) {
    RuntimeConfig.Address address =
        config
            .address()
            .orElseThrow(() -> new IllegalArgumentException("the runtime's address is missing"));
    ChannelFactory channels = new ChannelFactory(address, config.transport(), callbacks, tracing);
    breaker =
        new CircuitBreaker(
            config.breaker().threshold(),
            config.breaker().reset(),
            clock,
            listener::breakerEntered);
    credentials = new Credentials(config.credentials(), clock, callbacks);
    connections = new Connections(channels::open);
    Function<Credentials, UnaryCalls> calling =
        shown ->
            new UnaryCalls(
                method -> MACPRuntimeServiceGrpc.newBlockingStub(connections.forUnary(method)),
                breaker,
                shown,
                listener,
                config.requestTimeout());
    calls = calling.apply(credentials);
    speeches =
        speakers ->
            new SpokenCalls(
                agent -> new Credentials(speakers.of(agent), clock, callbacks), calling);
    streams = new Streams(connections, credentials, listener);
  }

  /** Introduces us and learns what the runtime can do. */
  public Negotiated initialize() {
    return Answers.negotiated(
        calls.call("Initialize", stub -> stub.initialize(Requests.initialize())));
  }

  /** Snapshot of a session; one that nobody has opened yet fails as not found. */
  public SessionView getSession(String sessionId) {
    GetSessionRequest request = GetSessionRequest.newBuilder().setSessionId(sessionId).build();
    return Answers.session(
        calls.call("GetSession", stub -> stub.getSession(request)).getMetadata());
  }

  /** All sessions that the runtime has in memory, finished ones included, in any order. */
  public List<SessionView> listSessions() {
    return SessionPages.all(calls);
  }

  /** Asks to cancel; refused unless we are the initiator or the session's policy names us. */
  public AckView cancelSession(String sessionId, String reason) {
    CancelSessionRequest request =
        CancelSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    return Answers.ack(calls.call("CancelSession", stub -> stub.cancelSession(request)).getAck());
  }

  /** Asks to suspend; refused unless we are the initiator or the session's policy names us. */
  public AckView suspendSession(String sessionId, String reason) {
    SuspendSessionRequest request =
        SuspendSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    return Answers.ack(calls.call("SuspendSession", stub -> stub.suspendSession(request)).getAck());
  }

  /** Asks to resume; refused unless we are the initiator or the session's policy names us. */
  public AckView resumeSession(String sessionId, String reason) {
    ResumeSessionRequest request =
        ResumeSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    return Answers.ack(calls.call("ResumeSession", stub -> stub.resumeSession(request)).getAck());
  }

  /** The runtime's description of itself. */
  public Catalogue.Manifest manifest() {
    return Answers.manifest(
        calls.call("GetManifest", stub -> stub.getManifest(self())).getManifest());
  }

  /**
   * The same for health checks: answers or fails within a second, ignores the breaker and closes it
   * when the runtime answers.
   */
  public Catalogue.Manifest probe() {
    return Answers.manifest(
        calls.probe("GetManifest", stub -> stub.getManifest(self())).getManifest());
  }

  /** The coordination modes of the standard and promoted ones. */
  public List<Catalogue.Mode> modes() {
    ListModesRequest request = ListModesRequest.getDefaultInstance();
    return calls.call("ListModes", stub -> stub.listModes(request)).getModesList().stream()
        .map(Answers::mode)
        .toList();
  }

  /** The roots that the runtime knows; often none. */
  public List<Catalogue.Root> roots() {
    ListRootsRequest request = ListRootsRequest.getDefaultInstance();
    return calls.call("ListRoots", stub -> stub.listRoots(request)).getRootsList().stream()
        .map(root -> new Catalogue.Root(root.getUri(), root.getName()))
        .toList();
  }

  /**
   * Registered policies.
   *
   * @param mode only those for this mode and for all modes; empty for every policy
   */
  public List<PolicyView> listPolicies(Optional<String> mode) {
    ListPoliciesRequest request = ListPoliciesRequest.newBuilder().setMode(mode.orElse("")).build();
    return calls
        .call("ListPolicies", stub -> SessionPages.roomy(stub).listPolicies(request))
        .getDescriptorsList()
        .stream()
        .map(Answers::policy)
        .toList();
  }

  /** One policy; fails as not found when there is none with this id. */
  public PolicyView getPolicy(String policyId) {
    GetPolicyRequest request = GetPolicyRequest.newBuilder().setPolicyId(policyId).build();
    return Answers.policy(
        calls.call("GetPolicy", stub -> stub.getPolicy(request)).getPolicyDescriptor());
  }

  /** Registers a policy; the runtime's refusal is in the answer. */
  public PolicyView.Change registerPolicy(PolicyView policy) {
    var answer =
        calls.call("RegisterPolicy", stub -> stub.registerPolicy(Requests.register(policy)));
    return new PolicyView.Change(answer.getOk(), answer.getError());
  }

  /** Removes a policy; the runtime's refusal is in the answer. */
  public PolicyView.Change unregisterPolicy(String policyId) {
    UnregisterPolicyRequest request =
        UnregisterPolicyRequest.newBuilder().setPolicyId(policyId).build();
    var answer = calls.call("UnregisterPolicy", stub -> stub.unregisterPolicy(request));
    return new PolicyView.Change(answer.getOk(), answer.getError());
  }

  /** Lifecycle of all sessions, beginning with the ones that exist. Delivers on request only. */
  public Subscription watchSessions(StreamListener<SessionEvent> listener) {
    return streams.watchSessions(listener);
  }

  /** Ambient signals and progress from now on. Delivers on request only. */
  public Subscription watchSignals(StreamListener<WireEnvelope> listener) {
    return streams.watchSignals(listener);
  }

  /**
   * Reads one session: its accepted history, then what is accepted from now on. Delivers on request
   * only.
   *
   * @param afterSequence ordinal of the last envelope already seen, 0 for all of them; the position
   *     grows by one with each envelope received
   */
  public Subscription openStream(
      String sessionId, long afterSequence, StreamListener<WireFrame> listener) {
    return streams.session(sessionId, afterSequence, listener);
  }

  /** Lets the control plane speak for agents, which its initiator mode does and nothing else. */
  public void allowSpeech(SpeakerConfig speakers) {
    speech.set(speeches.apply(speakers));
  }

  /** Speaks for agents; empty unless that was allowed. */
  public Optional<Speech> speech() {
    return Optional.ofNullable(speech.get());
  }

  /** How many session streams are open now. */
  public int activeStreams() {
    return streams.activeSessions();
  }

  /** How calls identify themselves now; holds no secret. */
  public Credentials.State credential() {
    return credentials.state();
  }

  /** The breaker of the unary calls, to look at and to reset. */
  public CircuitBreaker breaker() {
    return breaker;
  }

  /** Ends every call, stream and connection; listeners hear of it. Takes five seconds at most. */
  @Override
  public void close() {
    connections.close(CLOSE_TIMEOUT);
    credentials.close();
    SpokenCalls speaking = speech.get();
    if (speaking != null) {
      speaking.close();
    }
  }

  private static GetManifestRequest self() {
    return GetManifestRequest.getDefaultInstance();
  }

  /**
   * Handle of one open stream. Nothing is delivered before it is requested, so that a slow reader
   * slows the runtime down instead of filling memory. Thread-safe; every method returns at once and
   * does nothing on a stream that has ended.
   */
  public interface Subscription {
    /**
     * Allows more frames to be delivered.
     *
     * @param frames how many more, at least 1
     */
    void request(int frames);

    /**
     * Drains a session stream: the runtime delivers what it has already buffered and then completes
     * the stream. Watches have no request side and ignore this.
     */
    void halfClose();

    /** Ends the stream now and silences its listener. */
    void cancel();
  }
}
