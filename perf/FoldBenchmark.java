// SPDX-License-Identifier: Apache-2.0

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Normalises and folds the envelopes of one run, in rounds; prints the median rate. */
final class FoldBenchmark {
  private static final int ENVELOPES = 10_000;
  private static final int ROUNDS = 9;
  private static final UUID RUN = new UUID(0, 1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private FoldBenchmark() {}

  public static void main(String[] arguments) {
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      long events = fold();
      rates[round] = events * 1e9 / (System.nanoTime() - begin);
    }
    double[] warm = Arrays.copyOfRange(rates, ROUNDS / 3, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        "JVM %s, %d cores: %,.0f events/s normalised and folded (median of %d rounds of %,d envelopes)%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        warm[warm.length / 2],
        warm.length,
        ENVELOPES);
  }

  private static long fold() {
    RunState state = RunState.empty(RUN);
    RunMetrics metrics = RunMetrics.empty(RUN);
    long seq = 0;
    long events = 0;
    for (int i = 0; i < ENVELOPES; i++) {
      seq++;
      RawEvent raw = envelope(i);
      List<CanonicalEvent> meant = Normalizer.normalize(raw, state::knowsParticipant);
      for (CanonicalEvent event : meant) {
        RecordedEvent recorded =
            new RecordedEvent(
                new UUID(1, ++seq),
                RUN,
                seq,
                raw.receivedAt(),
                Source.runtime(raw.rawType()),
                Trace.NONE,
                RecordedEvent.SCHEMA_VERSION,
                event);
        state = state.fold(recorded);
        metrics = metrics.fold(recorded);
        events++;
      }
    }
    return events;
  }

  private static RawEvent envelope(int i) {
    String proposal = "p" + i / 20;
    boolean first = i % 20 == 0;
    Payload payload =
        first
            ? Payload.builder().put("proposalId", proposal).put("option", "ship").build()
            : Payload.builder()
                .put("proposalId", proposal)
                .put("recommendation", "APPROVE")
                .put("confidence", 0.8)
                .put("reason", "looks right")
                .build();
    Envelope envelope =
        new Envelope(
            "1.0",
            "macp.mode.decision.v1",
            first ? "Proposal" : "Evaluation",
            "m" + i,
            "session",
            "agent-" + i % 8,
            0,
            "");
    return new RawEvent.StreamEnvelope(
        START.plusMillis(i),
        RawEvent.Origin.SESSION,
        envelope,
        payload,
        Optional.of("macp.modes.decision.v1." + (first ? "ProposalPayload" : "EvaluationPayload")));
  }
}
