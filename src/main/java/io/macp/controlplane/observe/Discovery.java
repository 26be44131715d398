// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.runtime.view.SessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run of every session that nobody announced, and tells followers when theirs changed
 * (control-plane contract, section 6.2). One session that cannot be taken in harms no other.
 */
final class Discovery {
  /** The source kind of discovered runs. */
  static final String SOURCE = "session-discovery";

  private static final System.Logger LOG = System.getLogger(Discovery.class.getName());
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
  private static final long DEFAULT_TTL_MS = 300_000;
  private static final int LONGEST_SESSION_ID = 255;

  private final Surroundings world;
  private final Followers followers;
  private final HistoryProbe probe;
  private final Ids ids;

  Discovery(Surroundings world, Followers followers, HistoryProbe probe, Ids ids) {
    this.world = world;
    this.followers = followers;
    this.probe = probe;
    this.ids = ids;
  }

  void handle(SessionEvent event) {
    if (event.session().isEmpty()) {
      return;
    }
    SessionFacts session = Facts.session(event.session().get());
    Optional<UUID> followed = followers.find(session.sessionId());
    if (followed.isPresent()) {
      followers.look(followed.get());
      return;
    }
    if (session.sessionId().isEmpty() || session.sessionId().length() > LONGEST_SESSION_ID) {
      LOG.log(System.Logger.Level.WARNING, "a session with an unusable id is not taken in");
      return;
    }
    Optional<RunRecord> known = world.runs().findBySession(session.sessionId());
    if (known.isPresent()) {
      takeUp(known.get());
      return;
    }
    if (session.state().isTerminal()) {
      probe.ifReplayable(session.sessionId(), () -> open(session));
    } else {
      open(session);
    }
  }

  /** A run is without follower when its creation was committed and the answer was lost. */
  private void takeUp(RunRecord run) {
    if (world.config().recovery() && !run.status().isTerminal()) {
      followers.claim(run);
    }
  }

  private void open(SessionFacts session) {
    Instant now = world.clock().instant();
    NewRun run =
        new NewRun(
            runId(session.sessionId()),
            "live",
            world.config().runtimeKind(),
            Optional.empty(),
            session.sessionId(),
            ids.next().toString().replace("-", ""),
            Optional.empty(),
            new NewRun.Origin(Optional.of(SOURCE), Optional.empty()),
            List.of(),
            metadata(session, now),
            now);
    if (world.ledger().open(run) instanceof Outcome.Applied) {
      LOG.log(System.Logger.Level.INFO, "run {0}: session discovered", run.id());
    }
  }

  /**
   * Consoles go from a session to its run by the same id, so the ids are equal where they can be.
   */
  private UUID runId(String sessionId) {
    return UUID_FORM.matcher(sessionId).matches() ? UUID.fromString(sessionId) : ids.next();
  }

  private Map<String, @Nullable Object> metadata(SessionFacts session, Instant now) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("source", SOURCE);
    metadata.put("discoveredAt", Timestamps.format(now));
    session.initiator().ifPresent(initiator -> metadata.put("initiator", initiator));
    session.contextId().ifPresent(context -> metadata.put("contextId", context));
    metadata.put("executionRequest", request(session));
    return metadata;
  }

  private Map<String, @Nullable Object> request(SessionFacts facts) {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("sessionId", facts.sessionId());
    session.put("modeName", facts.modeName());
    session.put("modeVersion", facts.modeVersion().orElse("1.0.0"));
    session.put("configurationVersion", facts.configurationVersion().orElse("config.default"));
    facts.policyVersion().ifPresent(policy -> session.put("policyVersion", policy));
    session.put("ttlMs", ttlMs(facts));
    session.put("participants", facts.participants().stream().map(id -> Map.of("id", id)).toList());
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("mode", "live");
    request.put("runtime", Map.of("kind", world.config().runtimeKind()));
    request.put("session", session);
    return request;
  }

  private static long ttlMs(SessionFacts session) {
    if (session.startedAt().isEmpty() || session.expiresAt().isEmpty()) {
      return DEFAULT_TTL_MS;
    }
    long millis = Duration.between(session.startedAt().get(), session.expiresAt().get()).toMillis();
    return millis > 0 ? millis : DEFAULT_TTL_MS;
  }
}
