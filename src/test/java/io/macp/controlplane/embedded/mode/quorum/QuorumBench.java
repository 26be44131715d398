// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage.Choice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A request for approval by {@code lead}, on the bench. */
record QuorumBench(Bench bench) {
  /** With participants {@code lead}, {@code a} and {@code b}. */
  static QuorumBench open() {
    return new QuorumBench(Bench.of(new QuorumMode()).open());
  }

  /** With participants {@code p1} to {@code pN} under these rules. */
  static QuorumBench governed(int participants, Map<String, Object> rules) {
    Bench bench = Bench.governed(new QuorumMode(), QuorumMode.ID, 1, rules);
    List<String> names = IntStream.rangeClosed(1, participants).mapToObj(i -> "p" + i).toList();
    Bench.must(bench.start("lead", Bench.startOf(names, "policy.test")));
    return new QuorumBench(bench);
  }

  QuorumState state() {
    return (QuorumState) bench.session().progress().modeState();
  }

  Optional<Rejection> ask(String sender, String id, int required) {
    QuorumMessage.Subject subject =
        new QuorumMessage.Subject("deploy", "Deploy it", Bytes.copyOf(new byte[] {7, -2}));
    return bench.send(
        sender, QuorumMessage.Request.TYPE, new QuorumMessage.Request(id, subject, required));
  }

  Optional<Rejection> cast(String sender, Choice choice) {
    return bench.send(sender, choice.type(), new QuorumMessage.Ballot(choice, "r1", "because"));
  }

  /** Casts ballots as {@code p1}, {@code p2} and so on: A, R and X stand for the choices. */
  QuorumBench castAll(String ballots) {
    for (int i = 0; i < ballots.length(); i++) {
      Choice choice =
          switch (ballots.charAt(i)) {
            case 'A' -> Choice.APPROVE;
            case 'R' -> Choice.REJECT;
            default -> Choice.ABSTAIN;
          };
      Bench.must(cast("p" + (i + 1), choice));
    }
    return this;
  }

  Optional<Rejection> commit(Commitment commitment) {
    return bench.commit("lead", commitment);
  }

  static Commitment approved() {
    return Bench.commitment("quorum.approved", true);
  }

  static Commitment rejected() {
    return Bench.commitment("quorum.rejected", false);
  }
}
