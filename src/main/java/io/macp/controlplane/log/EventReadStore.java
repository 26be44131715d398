// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads canonical events of a run. The per-run sequence is the only order that it promises.
 * Thread-safe: the entity manager is the container's.
 */
@SharedInstance
public final class EventReadStore {
  private final Reads reads;

  @Inject
  public EventReadStore(EntityManagerFactory entities) {
    this.reads = new Reads(entities);
  }

  /**
   * A stretch of events.
   *
   * @param events the events of the stretch
   * @param total how many there are in all, by the same conditions
   */
  public record EventPage(List<RecordedEvent> events, long total) {}

  /** Events after a position, ascending. */
  public List<RecordedEvent> listAfter(UUID runId, long afterSeq, int limit) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT e FROM CanonicalEventEntity e WHERE e.runId = :run AND e.seq > :after"
                        + " ORDER BY e.seq",
                    CanonicalEventEntity.class)
                .setParameter("run", runId)
                .setParameter("after", afterSeq)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(Records::event)
                .toList());
  }

  /** Events that meet the filter, by sequence: within a run no other order can be resumed. */
  public EventPage list(EventFilter filter) {
    return reads.by(entities -> list(filter, entities));
  }

  private static EventPage list(EventFilter filter, EntityManager entities) {
    Predicate predicate = predicate(filter);
    // The limit as a number, not as a value: the planner is to know how few are wanted.
    Query rows =
        entities.createNativeQuery(
            "SELECT * FROM run_events_canonical"
                + predicate.where()
                + (" ORDER BY seq LIMIT " + filter.limit()),
            CanonicalEventEntity.class);
    @SuppressWarnings("unchecked")
    List<CanonicalEventEntity> found = predicate.bind(rows).getResultList();
    long total = found.size() < filter.limit() ? found.size() : count(predicate, entities);
    return new EventPage(found.stream().map(Records::event).toList(), total);
  }

  private static long count(Predicate predicate, EntityManager entities) {
    Query count =
        entities.createNativeQuery("SELECT count(*) FROM run_events_canonical" + predicate.where());
    return ((Number) predicate.bind(count).getSingleResult()).longValue();
  }

  /** The commitments of a run, ascending; a session has one, unless its runtime errs. */
  public List<RecordedEvent> listCommitments(UUID runId, int limit) {
    return commitments("run_id = ? ORDER BY seq", runId, limit);
  }

  /** The commitments that name one of this session as the one they replace, oldest first. */
  public List<RecordedEvent> listSuperseding(String sessionId, int limit) {
    return commitments(
        "data -> 'decodedPayload' -> 'supersedes' ->> 'sessionId' = ? ORDER BY ts, run_id, seq",
        sessionId,
        limit);
  }

  /** The type is spelt out, because the indexes hold commitments alone. */
  private List<RecordedEvent> commitments(String condition, Object value, int limit) {
    return reads.by(
        entities -> {
          @SuppressWarnings("unchecked")
          List<CanonicalEventEntity> found =
              entities
                  .createNativeQuery(
                      "SELECT * FROM run_events_canonical WHERE type = 'decision.finalized' AND "
                          + condition,
                      CanonicalEventEntity.class)
                  .setParameter(1, value)
                  .setMaxResults(limit)
                  .getResultList();
          return found.stream().map(Records::event).toList();
        });
  }

  /**
   * The message that an event was made of: the raw fact that the log holds right before it and what
   * else was made of the same. Empty when that is no message, or none of this name.
   */
  public Optional<Envelope> findEnvelope(RecordedEvent event) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT e FROM RawEventEntity e WHERE e.runId = :run AND e.seq < :seq"
                        + " ORDER BY e.seq DESC",
                    RawEventEntity.class)
                .setParameter("run", event.runId())
                .setParameter("seq", event.seq())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .flatMap(row -> Records.envelope(row).stream())
                .filter(
                    envelope ->
                        event
                            .event()
                            .data()
                            .text("messageId")
                            .equals(Optional.of(envelope.messageId())))
                .findFirst());
  }

  private static Predicate predicate(EventFilter filter) {
    Predicate predicate = new Predicate();
    predicate.and("run_id = ?", filter.runId());
    predicate.and("seq > ?", filter.afterSeq());
    filter.afterTs().ifPresent(at -> predicate.and("ts >= ?", Timestamp.from(at)));
    filter.beforeTs().ifPresent(at -> predicate.and("ts < ?", Timestamp.from(at)));
    if (!filter.types().isEmpty()) {
      String places = String.join(", ", filter.types().stream().map(type -> "?").toList());
      predicate.and("type IN (" + places + ")", filter.types().toArray());
    }
    return predicate;
  }

  /**
   * Which canonical events of a run (control-plane contract, section 3.5).
   *
   * @param runId the run
   * @param afterSeq sequence strictly greater
   * @param afterTs not before
   * @param beforeTs strictly before
   * @param types one of these; empty for all
   * @param limit at most so many
   */
  public record EventFilter(
      UUID runId,
      long afterSeq,
      Optional<Instant> afterTs,
      Optional<Instant> beforeTs,
      List<String> types,
      int limit) {
    public EventFilter {
      types = List.copyOf(types);
    }

    /** Whether more than the position and the size of the page is asked for. */
    public boolean narrows() {
      return afterTs.isPresent() || beforeTs.isPresent() || !types.isEmpty();
    }
  }
}
