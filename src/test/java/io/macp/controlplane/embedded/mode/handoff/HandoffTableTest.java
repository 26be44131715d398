// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.handoff.HandoffState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class HandoffTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/handoff.md");
  private static final long TIMEOUT = 5_000;

  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Bench, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("HandoffOffer", on(handoff -> handoff.offer("lead", "h9", "b")));
    messages.put("HandoffContext", on(handoff -> handoff.explain("lead", latest(handoff))));
    messages.put("HandoffAccept", on(handoff -> handoff.accept("a", latest(handoff))));
    messages.put("HandoffDecline", on(handoff -> handoff.decline("a", latest(handoff))));
    messages.put("Commitment", on(handoff -> handoff.commit(HandoffBench.accepted())));
    messages.put("(timeout)", on(HandoffTableTest::keepSilent));
    return messages;
  }

  private static Function<Bench, Optional<Rejection>> on(
      Function<HandoffBench, Optional<Rejection>> message) {
    return bench -> message.apply(new HandoffBench(bench));
  }

  private static String latest(HandoffBench handoff) {
    return handoff.state().latest();
  }

  /** Not a message: the time that the policy grants the target passes. */
  private static Optional<Rejection> keepSilent(HandoffBench handoff) {
    handoff.bench().at(Bench.T0 + TIMEOUT).expireIfDue();
    return Optional.empty();
  }

  private static HandoffBench in(Phase phase) {
    HandoffBench handoff = HandoffBench.impatient(TIMEOUT);
    if (phase != Phase.WAITING) {
      Bench.must(handoff.offer("lead", "h1", "a"));
    }
    if (phase == Phase.DECLINED || phase == Phase.OFFERED_AGAIN) {
      Bench.must(handoff.decline("a", "h1"));
    }
    if (phase == Phase.OFFERED_AGAIN) {
      Bench.must(handoff.offer("lead", "h2", "a"));
    }
    if (phase == Phase.ACCEPTED || phase == Phase.COMMITTED) {
      Bench.must(handoff.accept("a", "h1"));
    }
    if (phase == Phase.COMMITTED) {
      Bench.must(handoff.commit(HandoffBench.accepted()));
    }
    assertThat(handoff.state().phase()).isEqualTo(phase);
    return handoff;
  }

  private static String document() {
    TransitionTable table =
        new TransitionTable(
            Stream.of(Phase.values()).map(Phase::wire).toList(),
            wire -> in(phase(wire)).bench(),
            bench -> new HandoffBench(bench).state().phase().wire(),
            MESSAGES);
    return """
        %s
        Each cell is what a well-formed message of an entitled sender about the latest offer does:
        the phase it leads to, or the code it is refused with. Wrong senders are refused with
        FORBIDDEN in every phase, and rules that cannot be evaluated deny a Commitment with
        POLICY_DENIED.

        The last column is no message: it is the time that `acceptance.implicit_accept_timeout_ms`
        of the policy grants the target, counted from the acceptance of the offer without the time
        that the session was suspended. When it is over the runtime itself puts the target's
        HandoffAccept into history, with message id `implicit-accept:<handoff_id>` and
        `implicit=true`, before it takes anything else.

        %s"""
        .formatted(TransitionTable.heading("Handoff", "HandoffTableTest"), table.print());
  }

  private static Phase phase(String wire) {
    return Stream.of(Phase.values()).filter(p -> p.wire().equals(wire)).findFirst().orElseThrow();
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(DOCUMENT, document());
  }
}
