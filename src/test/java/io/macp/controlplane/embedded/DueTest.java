// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.mode.handoff.HandoffMessage;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the runtime says itself, whatever the mode. */
class DueTest {
  /** Never notices that it has been heard. */
  private record InsistentState() implements ModeState {
    @Override
    public Optional<Rejection> refuse(SessionTerms terms, Message message) {
      return Optional.empty();
    }

    @Override
    public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
      return Optional.empty();
    }

    @Override
    public Verdict judge(SessionTerms terms, Commitment commitment) {
      return Verdict.allow(List.of());
    }

    @Override
    public ModeState absorb(Message message) {
      return this;
    }

    @Override
    public Optional<Emission> due(SessionTerms terms, Message.Moment now) {
      HandoffMessage.Accept said = new HandoffMessage.Accept("h", "a", "", true);
      return Optional.of(new Emission("own-1", new Message("a", said.type(), said, now)));
    }

    @Override
    public Map<String, @Nullable Object> projection() {
      return Map.of();
    }
  }

  private record InsistentMode() implements Mode {
    @Override
    public ModeDescriptor descriptor() {
      return new ModeDescriptor(
          "ext.insistent.v1",
          "1.0.0",
          "Insistent",
          "Says the same again and again",
          new ModeDescriptor.Nature("semantic-deterministic", "peer"),
          List.of());
    }

    @Override
    public Optional<Rejection> refuseStart(SessionTerms terms) {
      return Optional.empty();
    }

    @Override
    public ModeState open(SessionTerms terms) {
      return new InsistentState();
    }

    @Override
    public void readRules(RuleReader rules, int schemaVersion) {}
  }

  @Test
  void isSaidOnceEvenWhenTheModeInsists() {
    Bench bench = Bench.of(new InsistentMode()).open();

    bench.expireIfDue();
    bench.expireIfDue();

    assertThat(bench.log()).hasSize(2);
    assertThat(bench.session().journal().messageIds().contains("own-1")).isTrue();
    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  @Test
  void isNotSaidInASuspendedSession() {
    Bench bench = Bench.of(new InsistentMode()).open();
    Bench.must(bench.suspend("lead"));
    int logged = bench.log().size();

    bench.at(Bench.T0 + 1_000).expireIfDue();

    assertThat(bench.log()).hasSize(logged);
  }
}
