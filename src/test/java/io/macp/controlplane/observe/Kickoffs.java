// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.initiator.OutboundMessage.Category;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.wire.PayloadEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs whose session, named {@code s}, the control plane is to open, with what it is to say. */
public final class Kickoffs {
  static final String AGENT = "agent://a";
  static final String MODE = "macp.mode.decision.v1";

  private Kickoffs() {}

  /** Creates a run whose session the control plane is to open, as a launch request does. */
  public static UUID launch(Watchtower tower, String... proposals) {
    NewRun plain = Requests.run("s");
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(plain.metadata());
    metadata.put("openedAs", AGENT);
    metadata.put("executionRequest", request());
    NewRun run = plain.withMetadata(metadata);
    List<OutboundMessage> kickoff =
        Stream.of(proposals)
            .map(id -> message(run.id(), Category.KICKOFF, id, List.of(proposals).indexOf(id)))
            .toList();
    tower
        .spine()
        .ledger()
        .open(
            run,
            (writes, before, outcome) -> {
              assertThat(outcome).isInstanceOf(Outcome.Applied.class);
              tower
                  .initiator(new RuntimeConnection())
                  .messages()
                  .queue(writes.connection(), kickoff);
            });
    return run.id();
  }

  private static Map<String, @Nullable Object> request() {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("modeName", MODE);
    session.put("modeVersion", "1.0.0");
    session.put("configurationVersion", "config.default");
    session.put("policyVersion", "policy.default");
    session.put("ttlMs", 300_000);
    session.put("participants", List.of(Map.of("id", AGENT), Map.of("id", "agent://b")));
    session.put("metadata", Map.of("intent", "decide"));
    session.put("roots", List.of(Map.of("uri", "file:///x")));
    session.put("context", Map.of("k", 1));
    return Map.of("session", session);
  }

  static OutboundMessage message(UUID run, Category category, String id, int position) {
    try {
      return new OutboundMessage(
          UUID.randomUUID(),
          run,
          new OutboundMessage.Place("s", MODE),
          UUID.randomUUID().toString(),
          category,
          "proposal",
          "Proposal",
          AGENT,
          List.of("agent://b"),
          PayloadEncoder.plain(MODE, "Proposal", Map.of("proposal_id", id, "option", "yes")),
          position,
          Requests.now());
    } catch (PayloadEncoder.Unencodable e) {
      throw new AssertionError(e);
    }
  }
}
