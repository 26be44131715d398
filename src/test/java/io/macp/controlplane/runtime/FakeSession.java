// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.SessionLifecycleEvent.EventType;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import io.macp.v1.StreamSessionResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A session of the {@link FakeRuntime}: its accepted history and who listens. Thread-safe. */
public final class FakeSession {
  private final List<Envelope> history = new ArrayList<>();
  private final List<FakeWriter<StreamSessionResponse>> subscribers = new ArrayList<>();
  private final Queue<Status> getSessionFaults = new ArrayDeque<>();
  private final BiConsumer<EventType, FakeSession> lifecycle;
  private SessionMetadata metadata;

  FakeSession(String id, BiConsumer<EventType, FakeSession> lifecycle) {
    this.lifecycle = lifecycle;
    this.metadata =
        SessionMetadata.newBuilder()
            .setSessionId(id)
            .setMode("macp.mode.decision.v1")
            .setState(SessionState.SESSION_STATE_OPEN)
            .setStartedAtUnixMs(1_000)
            .setExpiresAtUnixMs(301_000)
            .setModeVersion("1.0.0")
            .setConfigurationVersion("config.default")
            .setPolicyVersion("policy.default")
            .setInitiator("agent://initiator")
            .build();
  }

  /** Changes what GetSession and the lifecycle events say. */
  public synchronized FakeSession with(UnaryOperator<SessionMetadata.Builder> change) {
    metadata = change.apply(metadata.toBuilder()).build();
    return this;
  }

  /** GetSession fails once with each of these before it answers. */
  public synchronized FakeSession getSessionFailsWith(List<Status> faults) {
    getSessionFaults.addAll(faults);
    return this;
  }

  /** Accepts an envelope: it enters the history and goes to all subscribers. */
  public synchronized FakeSession accept(Envelope envelope) {
    history.add(envelope);
    push(StreamSessionResponse.newBuilder().setEnvelope(envelope).build());
    return this;
  }

  /** Sends an envelope to all subscribers again, or one that was never accepted. */
  public synchronized void repeat(Envelope envelope) {
    push(StreamSessionResponse.newBuilder().setEnvelope(envelope).build());
  }

  /** The accepted envelopes. */
  public synchronized List<Envelope> history() {
    return List.copyOf(history);
  }

  /** Sends an error to all subscribers without ending their streams. */
  public synchronized void inlineError(MACPError error) {
    push(StreamSessionResponse.newBuilder().setError(error).build());
  }

  /** Sends a frame that says nothing. */
  public synchronized void emptyFrame() {
    push(StreamSessionResponse.getDefaultInstance());
  }

  /** Moves to a state and tells the watchers of sessions. */
  public void become(SessionState state) {
    with(builder -> builder.setState(state));
    lifecycle.accept(
        switch (state) {
          case SESSION_STATE_OPEN -> EventType.EVENT_TYPE_RESUMED;
          case SESSION_STATE_RESOLVED -> EventType.EVENT_TYPE_RESOLVED;
          case SESSION_STATE_EXPIRED -> EventType.EVENT_TYPE_EXPIRED;
          case SESSION_STATE_SUSPENDED -> EventType.EVENT_TYPE_SUSPENDED;
          case SESSION_STATE_CANCELLED -> EventType.EVENT_TYPE_CANCELLED;
          case SESSION_STATE_UNSPECIFIED, UNRECOGNIZED -> EventType.EVENT_TYPE_UNSPECIFIED;
        },
        this);
  }

  /** Ends all streams of this session; with OK they complete after what is waiting. */
  public synchronized void cut(Status status) {
    for (FakeWriter<StreamSessionResponse> subscriber : subscribers) {
      if (status.isOk()) {
        subscriber.completeWhenDrained();
      } else {
        subscriber.fail(status);
      }
    }
    subscribers.clear();
  }

  /** How many streams of this session are open. */
  public synchronized int subscribers() {
    subscribers.removeIf(subscriber -> !subscriber.isOpen());
    return subscribers.size();
  }

  /** How many frames have left for the open streams. */
  public synchronized int framesWritten() {
    return subscribers.stream().mapToInt(FakeWriter::written).sum();
  }

  synchronized void subscribe(long afterSequence, FakeWriter<StreamSessionResponse> subscriber) {
    history.stream()
        .skip(afterSequence)
        .map(envelope -> StreamSessionResponse.newBuilder().setEnvelope(envelope).build())
        .forEach(subscriber::write);
    subscribers.add(subscriber);
  }

  synchronized void dropSubscribers() {
    subscribers.forEach(FakeWriter::dropped);
    subscribers.clear();
  }

  synchronized SessionMetadata metadata() {
    return metadata;
  }

  synchronized SessionMetadata answerGetSession() {
    Status fault = getSessionFaults.poll();
    if (fault != null) {
      throw fault.asRuntimeException();
    }
    return metadata;
  }

  private void push(StreamSessionResponse frame) {
    subscribers.forEach(subscriber -> subscriber.write(frame));
  }
}
