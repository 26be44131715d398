// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import java.util.Map;
import java.util.Optional;

/** A handoff by {@code lead} to {@code a} or {@code b}, on the bench. */
record HandoffBench(Bench bench) {
  static HandoffBench open() {
    return new HandoffBench(Bench.of(new HandoffMode()).open());
  }

  static HandoffBench governed(Map<String, Object> rules) {
    return new HandoffBench(Bench.governed(new HandoffMode(), HandoffMode.ID, 1, rules).open());
  }

  /** Silence for that long is consent. */
  static HandoffBench impatient(long timeoutMs) {
    return governed(Map.of("acceptance", Map.of("implicit_accept_timeout_ms", timeoutMs)));
  }

  HandoffState state() {
    return (HandoffState) bench.session().progress().modeState();
  }

  Optional<Rejection> offer(String sender, String id, String target) {
    return bench.send(
        sender, "HandoffOffer", new HandoffMessage.Offer(id, target, "support", "night shift"));
  }

  Optional<Rejection> explain(String sender, String id) {
    return bench.send(
        sender,
        "HandoffContext",
        new HandoffMessage.Context(id, "text/plain", Bytes.copyOf(new byte[] {1, -1})));
  }

  Optional<Rejection> accept(String sender, String id) {
    return bench.send(
        sender, "HandoffAccept", new HandoffMessage.Accept(id, sender, "ready", false));
  }

  Optional<Rejection> decline(String sender, String id) {
    return bench.send(sender, "HandoffDecline", new HandoffMessage.Decline(id, "", "busy"));
  }

  Optional<Rejection> commit(Commitment commitment) {
    return bench.commit("lead", commitment);
  }

  static Commitment accepted() {
    return Bench.commitment("handoff.accepted", true);
  }

  static Commitment declined() {
    return Bench.commitment("handoff.declined", false);
  }
}
