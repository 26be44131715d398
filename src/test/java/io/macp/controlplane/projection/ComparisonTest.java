// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final UUID LEFT = new UUID(0, 1);
  private static final UUID RIGHT = new UUID(0, 2);

  @Test
  void comparesEmptyRuns() {
    Comparison comparison =
        new Comparison(side(LEFT, "queued", new Recorder()), side(RIGHT, "queued", new Recorder()));

    assertThat(comparison.toTree())
        .isEqualTo(
            Map.of(
                "left", Map.of("runId", LEFT.toString(), "status", "queued"),
                "right", Map.of("runId", RIGHT.toString(), "status", "queued"),
                "statusMatch", true,
                "participantsDiff",
                    Map.of("added", List.of(), "removed", List.of(), "common", List.of()),
                "signalsDiff", Map.of("added", List.of(), "removed", List.of())));
  }

  @Test
  void tellsEverythingThatDiffers() {
    Recorder left = new Recorder();
    left.records("run.created", "r", payload("{'modeName': 'm.one'}"))
        .says("a", "Signal", "{'signalType': 'alert'}")
        .says("b", "Signal", "{'signalType': 'alert'}")
        .says("b", "Signal", "{'signalType': 'note'}");
    Recorder right = new Recorder();
    right
        .records("run.created", "r", payload("{'modeName': 'm.two'}"))
        .says("b", "Signal", "{'signalType': 'note'}")
        .says("c", "Signal", "{'signalType': 'ping'}");

    Map<String, ?> tree =
        new Comparison(side(LEFT, "completed", left), side(RIGHT, "failed", right)).toTree();

    assertThat(Payload.of(tree).object("left").orElseThrow().asMap())
        .containsEntry("status", "completed")
        .containsEntry("modeName", "m.one")
        .containsEntry("durationMs", left.metrics().durationMs().orElseThrow());
    assertThat(tree.get("statusMatch")).isEqualTo(false);
    assertThat(tree.get("durationDeltaMs"))
        .isEqualTo(
            right.metrics().durationMs().orElseThrow() - left.metrics().durationMs().orElseThrow());
    assertThat(tree.get("participantsDiff"))
        .isEqualTo(Map.of("added", List.of("c"), "removed", List.of("a"), "common", List.of("b")));
    assertThat(tree.get("signalsDiff"))
        .isEqualTo(Map.of("added", List.of("ping"), "removed", List.of("alert")));
    assertThat(tree.containsKey("confidenceDelta")).isFalse();
  }

  @Test
  void tellsHowMuchMoreConfidentTheRightIs() {
    Recorder left = new Recorder();
    left.records("decision.finalized", "d", payload("{'decodedPayload': {'confidence': 0.25}}"));
    Recorder right = new Recorder();
    right.records("decision.finalized", "d", payload("{'decodedPayload': {'confidence': 0.75}}"));

    Map<String, ?> tree =
        new Comparison(side(LEFT, "completed", left), side(RIGHT, "completed", right)).toTree();

    assertThat(tree.get("confidenceDelta")).isEqualTo(0.5);
  }

  private static Comparison.Side side(UUID id, String status, Recorder run) {
    return new Comparison.Side(id, status, run.state(), run.metrics());
  }
}
