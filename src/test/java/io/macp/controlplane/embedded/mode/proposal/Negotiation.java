// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A negotiation of {@code lead}, who started it, with {@code a} and {@code b}. */
record Negotiation(Bench bench) {
  static final ProposalMessage.Content CONTENT =
      new ProposalMessage.Content(
          "title", "summary", Bytes.copyOf("é".getBytes(StandardCharsets.UTF_8)));

  static Negotiation open() {
    return new Negotiation(Bench.of(new ProposalMode()).open());
  }

  static Negotiation governed(Map<String, Object> rules) {
    return governed(ProposalMode.ID, 1, rules);
  }

  static Negotiation governed(String mode, int version, Map<String, Object> rules) {
    return new Negotiation(Bench.governed(new ProposalMode(), mode, version, rules).open());
  }

  static Negotiation by(String criterion) {
    return governed(Map.of("acceptance", Map.of("criterion", criterion)));
  }

  ProposalState state() {
    return (ProposalState) bench.session().progress().modeState();
  }

  ProposalState.Phase phase() {
    return state().phase();
  }

  Optional<Rejection> propose(String sender, String id) {
    return bench.send(
        sender, "Proposal", new ProposalMessage.Proposal(id, CONTENT, List.of("tag")));
  }

  Optional<Rejection> counter(String sender, String id, String supersedes) {
    return bench.send(
        sender, "CounterProposal", new ProposalMessage.CounterProposal(id, supersedes, CONTENT));
  }

  Optional<Rejection> accept(String sender, String id) {
    return bench.send(sender, "Accept", new ProposalMessage.Accept(id, "fine"));
  }

  Optional<Rejection> reject(String sender, String id) {
    return bench.send(sender, "Reject", new ProposalMessage.Reject(id, false, "no"));
  }

  Optional<Rejection> rejectForGood(String sender, String id) {
    return bench.send(sender, "Reject", new ProposalMessage.Reject(id, true, "never"));
  }

  Optional<Rejection> withdraw(String sender, String id) {
    return bench.send(sender, "Withdraw", new ProposalMessage.Withdraw(id, ""));
  }

  Optional<Rejection> commit() {
    return bench.commit("lead", Bench.commitment("proposal.accepted", true));
  }

  Optional<Rejection> decline() {
    return bench.commit("lead", Bench.commitment("proposal.rejected", false));
  }

  /** The offers {@code p1} of lead and {@code p2} of a; lead and a accept {@code p1}. */
  Negotiation halfway() {
    Bench.must(propose("lead", "p1"));
    Bench.must(propose("a", "p2"));
    Bench.must(accept("lead", "p1"));
    Bench.must(accept("a", "p1"));
    return this;
  }
}
