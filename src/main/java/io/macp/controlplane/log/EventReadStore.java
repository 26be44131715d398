// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
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
  private final EntityManager entities;

  @Inject
  public EventReadStore(EntityManager entities) {
    this.entities = entities;
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
    return entities
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
        .toList();
  }

  /** Events that meet the filter, by time and sequence. */
  public EventPage list(EventFilter filter) {
    Predicate predicate = predicate(filter);
    Query rows =
        entities.createNativeQuery(
            "SELECT * FROM run_events_canonical" + predicate.where() + " ORDER BY ts, seq",
            CanonicalEventEntity.class);
    @SuppressWarnings("unchecked")
    List<CanonicalEventEntity> found =
        predicate.bind(rows).setMaxResults(filter.limit()).getResultList();
    Query count =
        entities.createNativeQuery("SELECT count(*) FROM run_events_canonical" + predicate.where());
    long total = ((Number) predicate.bind(count).getSingleResult()).longValue();
    return new EventPage(found.stream().map(Records::event).toList(), total);
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
