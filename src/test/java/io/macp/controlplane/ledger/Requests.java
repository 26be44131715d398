// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.NewRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a test asks of the ledger. */
public final class Requests {
  private static final String MODE = "macp.mode.decision.v1";

  private Requests() {}

  /** A run that follows a session, as a launch request makes it. */
  public static NewRun run(String sessionId) {
    return run(sessionId, Optional.empty(), "rest");
  }

  /** The same with an idempotency key. */
  public static NewRun keyed(String sessionId, String key) {
    return run(sessionId, Optional.of(key), "rest");
  }

  /** A run as discovery makes it. */
  public static NewRun discovered(String sessionId) {
    return run(sessionId, Optional.empty(), "session-discovery");
  }

  private static NewRun run(String sessionId, Optional<String> key, String source) {
    return new NewRun(
        UUID.randomUUID(),
        "live",
        "rust",
        Optional.of("1.2.3"),
        sessionId,
        "0123456789abcdef0123456789abcdef",
        key,
        new NewRun.Origin(Optional.of(source), Optional.of("ref-" + sessionId)),
        List.of("blue", source),
        Map.of(
            "environment",
            "test",
            "executionRequest",
            Map.of("session", Map.of("modeName", MODE, "policyVersion", "policy.default"))),
        now());
  }

  /** What a runtime says of a session. */
  public static SessionFacts session(String sessionId, SessionState state) {
    return session(sessionId, state, List.of("agent://a", "agent://b"));
  }

  /** The same with participants of the test's choice. */
  public static SessionFacts session(
      String sessionId, SessionState state, List<String> participants) {
    return new SessionFacts(
        sessionId,
        state,
        MODE,
        Optional.of("1.0.0"),
        Optional.of("config.default"),
        Optional.of("policy.default"),
        Optional.of("agent://a"),
        participants,
        Optional.of(now()),
        Optional.of(now().plusSeconds(300)),
        Optional.empty(),
        List.of());
  }

  /** Now, in milliseconds as the product counts. */
  public static Instant now() {
    return Spine.CLOCK.instant();
  }
}
