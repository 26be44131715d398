// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import com.google.protobuf.ByteString;
import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.script.Part;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.demo.script.Step;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.SessionState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Plays one part: opens the session or waits for it, watches it, and takes its steps as their cues
 * come. Played by one thread; another one may dismiss it.
 */
final class Agent {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final Part part;
  private final Scene scene;
  private final AgentClient client;
  private final Attention attention = new Attention();
  private Optional<Refusal> refused = Optional.empty();

  Agent(Part part, Scene scene, AgentClient client) {
    this.part = part;
    this.scene = scene;
    this.client = client;
  }

  String name() {
    return part.agent();
  }

  /**
   * Plays to the end of the part, or to the end of the session when a cue never comes.
   *
   * @throws AgentFailed when it cannot go on
   * @throws Dismissed when told to leave
   */
  void play() {
    try (client) {
      Set<String> unused = client.initialize();
      if (name().equals(scene.script().initiator())) {
        open();
      } else {
        awaitSession();
      }
      client.watch(scene.sessionId(), attention);
      playSteps();
    } catch (AgentFailed e) {
      // A call that was broken off on purpose is no failure.
      throw attention.isDismissed() ? new Dismissed() : e;
    }
  }

  /** Makes the agent leave at once. */
  void dismiss() {
    attention.dismiss();
    client.breakOff();
  }

  private void open() {
    client.ensure(scene.script().session().mode());
    scene
        .script()
        .session()
        .policy()
        .ifPresent(policy -> client.ensure(policy, scene.script().session().mode()));
    attention.pause(scene.config().paced(Script.OPENING));
    Duration life = scene.config().lifetime(scene.script().session().ttl());
    Envelope start =
        envelope("SessionStart", Messages.start(scene.script(), life)).setMode(mode()).build();
    Optional<Refusal> refusal = send("SessionStart", start);
    if (refusal.isPresent()) {
      throw unexpected(refusal.get());
    }
  }

  private void awaitSession() {
    long end = System.nanoTime() + CONNECTING.plus(scene.config().paced(Script.OPENING)).toNanos();
    while (client.findState(scene.sessionId()).isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AgentFailed("nobody opened the session");
      }
      attention.pause(LOOK_AGAIN);
    }
  }

  private void playSteps() {
    Duration life = scene.config().lifetime(scene.script().session().ttl());
    long end = System.nanoTime() + life.plus(LOOK_AGAIN).toNanos();
    for (Step step : part.steps()) {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      if (!attention.await(step.cue(), left)) {
        leaveInVain(step);
        return;
      }
      attention.pause(scene.config().paced(step.pause()));
      if (step.act().isSent()) {
        take(step);
      }
    }
  }

  private void leaveInVain(Step step) {
    SessionState state =
        client.findState(scene.sessionId()).orElse(SessionState.SESSION_STATE_UNSPECIFIED);
    LOG.log(
        System.Logger.Level.INFO,
        "demo session {0}: {1} waited in vain for {2} {3} messages, the session is {4}",
        scene.sessionId(),
        name(),
        step.cue().count(),
        step.cue().messageType(),
        state);
  }

  private void take(Step step) {
    Act act = step.act();
    ByteString payload =
        Messages.payload(act, scene.script().session(), scene.sessionId(), refused);
    Envelope.Builder envelope = envelope(act.messageType(), payload);
    // A signal belongs to no session; it names the one that it is about (MACP contract, section 7).
    if (act.messageType().equals("Signal")) {
      envelope.clearSessionId();
    } else {
      envelope.setMode(mode());
    }
    Optional<Refusal> refusal = send(wordsFor(act), envelope.build());
    if (!refusal.map(Refusal::code).equals(step.refusal())) {
      throw refusal
          .map(this::unexpected)
          .orElseGet(() -> new AgentFailed("the runtime accepted what it was to refuse"));
    }
    refused = refusal.or(() -> refused);
  }

  private static String wordsFor(Act act) {
    return act instanceof Act.Commitment commitment
        ? act.messageType() + " " + commitment.action()
        : act.messageType();
  }

  private Envelope.Builder envelope(String messageType, ByteString payload) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMessageType(messageType)
        .setMessageId(scene.ids().next().toString())
        .setSessionId(scene.sessionId())
        .setSender(name())
        .setTimestampUnixMs(scene.clock().millis())
        .setPayload(payload);
  }

  private Optional<Refusal> send(String what, Envelope envelope) {
    Ack ack = client.send(envelope);
    return ack.getOk() ? Optional.empty() : Optional.of(Refusal.of(what, ack.getError()));
  }

  private AgentFailed unexpected(Refusal refusal) {
    return new AgentFailed(
        refusal.what() + " was refused: " + refusal.code() + ", " + refusal.message());
  }

  private String mode() {
    return scene.script().session().mode().id();
  }
}
