// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kernel knows no mode by name: a mode of a few lines plugs in. */
class SecondModeTest {
  private record Tick() implements Payload {}

  private record CountingState(int ticks, boolean committed) implements ModeState {
    @Override
    public Optional<Rejection> refuse(SessionTerms terms, Message message) {
      return message.payload() instanceof Tick
          ? Optional.empty()
          : Optional.of(Rejection.invalid("only ticks count"));
    }

    @Override
    public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
      return ticks >= 2 ? Optional.empty() : Optional.of(Rejection.invalid("too few ticks"));
    }

    @Override
    public Verdict judge(SessionTerms terms, Commitment commitment) {
      return Verdict.allow(List.of());
    }

    @Override
    public ModeState absorb(Message message) {
      return message.payload() instanceof Tick
          ? new CountingState(ticks + 1, committed)
          : new CountingState(ticks, true);
    }

    @Override
    public Map<String, @Nullable Object> projection() {
      return Map.of("ticks", ticks, "committed", committed);
    }
  }

  private record CountingMode() implements Mode {
    @Override
    public ModeDescriptor descriptor() {
      return new ModeDescriptor(
          "ext.counting.v1",
          "1.0.0",
          "Counting",
          "Counts ticks",
          new ModeDescriptor.Nature("semantic-deterministic", "peer"),
          List.of("Tick"));
    }

    @Override
    public Optional<Rejection> refuseStart(SessionTerms terms) {
      return terms.participants().size() < 2
          ? Optional.of(Rejection.invalid("counting takes two"))
          : Optional.empty();
    }

    @Override
    public ModeState open(SessionTerms terms) {
      return new CountingState(0, false);
    }

    @Override
    public void readRules(RuleReader rules, int schemaVersion) {
      CommitmentAuthority.readGroup(rules.group("commitment"));
    }

    @Override
    public CommitmentAuthority authority(SessionTerms terms) {
      return CommitmentAuthority.initiatorOnly();
    }
  }

  @Test
  void runsASessionOfAModeThatTheKernelHasNeverSeen() {
    Bench bench = Bench.of(new CountingMode()).open();

    Bench.must(bench.send("a", "Tick", new Tick()));
    assertThat(bench.commit("lead", Bench.positive()).map(Rejection::message))
        .contains("too few ticks");
    Bench.must(bench.send("b", "Tick", new Tick()));
    Bench.must(bench.commit("lead", Bench.positive()));

    assertThat(bench.session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(bench.session().progress().modeState().projection())
        .isEqualTo(Map.of("ticks", 2, "committed", true));
    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  @Test
  void asksTheModeWhetherASessionMayStart() {
    Bench bench = Bench.of(new CountingMode());

    assertThat(bench.start("lead", Bench.startOf(List.of("a"), "")).map(Rejection::message))
        .contains("counting takes two");
  }

  @Test
  void cannotBindAPolicyThatSpeaksOfVotes() {
    Rejection rejection =
        Bench.of(new CountingMode())
            .start("lead", Bench.startOf(List.of("a"), "policy.majority"))
            .orElseThrow();

    assertThat(rejection.code()).isEqualTo(Rejection.Code.INVALID_POLICY_DEFINITION);
  }
}
