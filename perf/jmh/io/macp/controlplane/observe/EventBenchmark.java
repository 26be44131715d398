// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import com.google.protobuf.ByteString;
import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.SignalPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an envelope costs on its way through the server, without database and network: the messages
 * of a decision of eight agents, one after the other, over and over. Operations are envelopes or
 * events, as the names say. Stages are measured on what the stage before them has made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EventBenchmark {
  private static final int ENVELOPES = 2_000;
  private static final UUID RUN = new UUID(0, 1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<WireEnvelope> wire = new ArrayList<>();
  private final List<byte[]> frames = new ArrayList<>();
  private final List<RawEvent> raw = new ArrayList<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private RunState full = RunState.empty(RUN);
  private RunState state = RunState.empty(RUN);
  private RunMetrics metrics = RunMetrics.empty(RUN);
  private int next;

  /** Makes the history that all measure on. */
  @Setup
  public void prepare() {
    for (int i = 0; i < ENVELOPES; i++) {
      io.macp.v1.Envelope message = message(i);
      frames.add(message.toByteArray());
      wire.add(received(message));
      raw.add(Facts.of(wire.get(i), RawEvent.Origin.SESSION, START.plusMillis(i)));
      for (CanonicalEvent event : Normalizer.normalize(raw.get(i), full::knowsParticipant)) {
        RecordedEvent recorded = recorded(event, events.size() + i + 2L, raw.get(i));
        events.add(recorded);
        full = full.fold(recorded);
      }
    }
  }

  private static RecordedEvent recorded(CanonicalEvent event, long seq, RawEvent raw) {
    return new RecordedEvent(
        new UUID(1, seq),
        RUN,
        seq,
        raw.receivedAt(),
        Source.runtime(raw.rawType()),
        Trace.NONE,
        RecordedEvent.SCHEMA_VERSION,
        event);
  }

  private static WireEnvelope received(io.macp.v1.Envelope message) {
    return new WireEnvelope(
        message.getMacpVersion(),
        message.getMode(),
        message.getMessageType(),
        message.getMessageId(),
        message.getSessionId(),
        message.getSender(),
        message.getTimestampUnixMs(),
        message.getPayload().toByteArray());
  }

  /** Bytes of a frame to a raw fact with its payload as a tree, per envelope. */
  @Benchmark
  public RawEvent decodeEnvelope() throws Exception {
    int i = turn(frames.size());
    return Facts.of(
        received(io.macp.v1.Envelope.parseFrom(frames.get(i))), RawEvent.Origin.SESSION, START);
  }

  /** A raw fact to canonical events, per envelope. */
  @Benchmark
  public List<CanonicalEvent> normaliseEnvelope() {
    return Normalizer.normalize(raw.get(turn(raw.size())), full::knowsParticipant);
  }

  /** The read model after one more event, per event. */
  @Benchmark
  public RunState foldState() {
    int i = turn(events.size());
    state = (i == 0 ? RunState.empty(RUN) : state).fold(events.get(i));
    return state;
  }

  /** The counters after one more event, per event. */
  @Benchmark
  public RunMetrics foldMetrics() {
    int i = turn(events.size());
    metrics = (i == 0 ? RunMetrics.empty(RUN) : metrics).fold(events.get(i));
    return metrics;
  }

  /** Both, as an append does, per event. */
  @Benchmark
  public void foldBoth(Blackhole sink) {
    sink.consume(foldState());
    next--;
    sink.consume(foldMetrics());
  }

  /** The JSON of the API and of streams, per event. */
  @Benchmark
  public String serialiseEvent() {
    return Json.write(events.get(turn(events.size())).toTree());
  }

  /** The JSON of the read model of the whole history, per read model. */
  @Benchmark
  public String serialiseState() {
    return Json.write(full.toTree());
  }

  /** All stages from the bytes of a frame to the folds, per envelope. */
  @Benchmark
  public void wholeEnvelope(Blackhole sink) throws Exception {
    int i = turn(frames.size());
    if (i == 0) {
      state = RunState.empty(RUN);
      metrics = RunMetrics.empty(RUN);
    }
    RawEvent fact =
        Facts.of(
            received(io.macp.v1.Envelope.parseFrom(frames.get(i))), RawEvent.Origin.SESSION, START);
    long seq = state.latestSeq() + 2;
    for (CanonicalEvent event : Normalizer.normalize(fact, state::knowsParticipant)) {
      RecordedEvent recorded = recorded(event, seq++, fact);
      state = state.fold(recorded);
      metrics = metrics.fold(recorded);
      sink.consume(recorded);
    }
  }

  private int turn(int length) {
    next = next + 1 < length ? next + 1 : 0;
    return next;
  }

  private static io.macp.v1.Envelope message(int i) {
    String proposal = "p" + i / 40 % 12;
    return switch (i % 10) {
      case 0 ->
          message(
              i,
              "Proposal",
              ProposalPayload.newBuilder()
                  .setProposalId(proposal)
                  .setOption("ship the release")
                  .setRationale("all checks have passed and the window is open")
                  .build()
                  .toByteString());
      case 1, 2, 3, 4 ->
          message(
              i,
              "Evaluation",
              EvaluationPayload.newBuilder()
                  .setProposalId(proposal)
                  .setRecommendation("APPROVE")
                  .setConfidence(0.8)
                  .setReason("looks right to me, with a sentence of the usual length")
                  .build()
                  .toByteString());
      case 5 ->
          message(
              i,
              "Objection",
              ObjectionPayload.newBuilder()
                  .setProposalId(proposal)
                  .setSeverity("low")
                  .setReason("one page of the manual is missing")
                  .build()
                  .toByteString());
      case 6 ->
          message(
              i,
              "Signal",
              SignalPayload.newBuilder()
                  .setSignalType("llm.call.completed")
                  .setData(
                      ByteString.copyFromUtf8(
                          "{\"model\":\"gpt-4o\",\"promptTokens\":900,\"completionTokens\":120}"))
                  .build()
                  .toByteString());
      default ->
          message(
              i,
              "Vote",
              VotePayload.newBuilder()
                  .setProposalId(proposal)
                  .setVote("APPROVE")
                  .setReason("agreed")
                  .build()
                  .toByteString());
    };
  }

  private static io.macp.v1.Envelope message(int i, String type, ByteString payload) {
    return io.macp.v1.Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMode("macp.mode.decision.v1")
        .setMessageType(type)
        .setMessageId(new UUID(2, i).toString())
        .setSessionId(RUN.toString())
        .setSender("agent://number-" + i % 8)
        .setTimestampUnixMs(START.toEpochMilli() + i)
        .setPayload(payload)
        .build();
  }
}
