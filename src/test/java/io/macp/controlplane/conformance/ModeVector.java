// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static io.macp.controlplane.conformance.Fields.Fallback.FALSE;
import static io.macp.controlplane.conformance.Fields.Fallback.TRUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Ids;
import io.macp.v1.GetSessionRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A script of one session and how it must end.
 *
 * @param name file
 * @param content the parsed file
 */
record ModeVector(String name, Fields content) implements Vector {
  @Override
  public void run(Target target) {
    String sessionId = Ids.random().next().toString();
    Script script = new Script(target, sessionId, content);
    script.registerPolicy();
    try {
      script.start();
      script.play();
      checkState(target, sessionId);
      checkResolution(script);
      target.insight().ifPresent(insight -> checkInside(insight, sessionId, script));
    } finally {
      script.unregisterPolicy();
    }
  }

  private void checkState(Target target, String sessionId) {
    String state =
        target
            .as(content.text("initiator"))
            .getSession(GetSessionRequest.newBuilder().setSessionId(sessionId).build())
            .getMetadata()
            .getState()
            .name();
    assertThat(state)
        .as("final state")
        .isEqualTo(
            "SESSION_STATE_" + content.text("expected_final_state").toUpperCase(Locale.ROOT));
  }

  /** The resolution is the payload of the Commitment that was accepted. */
  private void checkResolution(Script script) {
    Optional<Fields> resolution = script.resolution();
    if (content.find("expect_resolution_present").isPresent()) {
      assertThat(resolution.isPresent())
          .as("resolution present")
          .isEqualTo(content.flag("expect_resolution_present", FALSE));
    }
    content
        .findObject("expected_resolution")
        .ifPresent(
            expected ->
                Subset.check(
                    "resolution",
                    expected.content(),
                    resolution.<Object>map(Fields::content).orElse(Map.of())));
  }

  private void checkInside(Insight insight, String sessionId, Script script) {
    content
        .findObject("expected_mode_state")
        .ifPresent(
            expected ->
                Subset.check("mode_state", expected.content(), insight.modeState(sessionId)));
    if (content.flag("verify_replay_equivalence", TRUE)) {
      assertThat(insight.replaysEqually(sessionId)).as("replay gives an equal session").isTrue();
      assertThat(insight.acceptedIds(sessionId))
          .as("accepted message ids")
          .containsAll(script.accepted());
    }
  }
}
