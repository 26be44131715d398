// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Query;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs and what is kept beside them. Answers records and trees; entities never leave it.
 * Thread-safe: the entity manager is the container's.
 */
@SharedInstance
public final class RunReadStore {
  private static final String WORDS = "id IN (SELECT run_id FROM run_words WHERE ";

  private final Reads reads;

  @Inject
  public RunReadStore(EntityManagerFactory entities) {
    this.reads = new Reads(entities);
  }

  /**
   * A stretch of a list.
   *
   * @param runs the runs of the stretch
   * @param total how many there are in all, by the same conditions
   */
  public record RunPage(List<RunRecord> runs, long total) {}

  /** The record of a run. */
  public Optional<RunRecord> find(UUID runId) {
    return reads.by(
        entities -> Optional.ofNullable(entities.find(RunEntity.class, runId)).map(Records::run));
  }

  /** The run that follows a session; imported runs follow none. */
  public Optional<RunRecord> findBySession(String sessionId) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT r FROM RunEntity r WHERE r.runtimeSessionId = :id AND r.importedAt IS NULL",
                    RunEntity.class)
                .setParameter("id", sessionId)
                .getResultList()
                .stream()
                .findFirst()
                .map(Records::run));
  }

  /** Those of the runs that exist, oldest first. */
  public List<RunRecord> list(Collection<UUID> runIds) {
    if (runIds.isEmpty()) {
      return List.of();
    }
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT r FROM RunEntity r WHERE r.id IN :ids ORDER BY r.createdAt",
                    RunEntity.class)
                .setParameter("ids", List.copyOf(runIds))
                .getResultList()
                .stream()
                .map(Records::run)
                .toList());
  }

  /** The streams of the runs under way, the longest unchanged first. */
  public List<OpenStream> listStreams(int limit) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT r.id, r.status, r.updatedAt, s.streamPosition FROM RunEntity r"
                        + " LEFT JOIN SessionEntity s ON s.runId = r.id"
                        + " WHERE r.status IN :open AND r.importedAt IS NULL ORDER BY r.updatedAt, r.id",
                    Object[].class)
                .setParameter("open", openStatuses())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(OpenStream::of)
                .toList());
  }

  private static List<String> openStatuses() {
    return Arrays.stream(RunStatus.values())
        .filter(status -> !status.isTerminal())
        .map(RunStatus::wireName)
        .toList();
  }

  /** A stretch of the runs that meet the filter. */
  public RunPage list(RunFilter filter) {
    return reads.by(entities -> list(filter, entities));
  }

  private static RunPage list(RunFilter filter, EntityManager entities) {
    Predicate predicate = predicate(filter);
    Query rows =
        entities.createNativeQuery(
            "SELECT * FROM runs"
                + predicate.where()
                + (" ORDER BY " + filter.order().sql())
                + (" LIMIT " + filter.limit() + " OFFSET " + filter.offset()),
            RunEntity.class);
    // Bound as values they would be unknown to the planner, which then sorts all that it finds.
    @SuppressWarnings("unchecked")
    List<RunEntity> found = predicate.bind(rows).getResultList();
    // A stretch that is not full, yet has something, is the last one.
    boolean last = found.size() < filter.limit() && (!found.isEmpty() || filter.offset() == 0);
    long total = last ? filter.offset() + (long) found.size() : count(predicate, entities);
    return new RunPage(found.stream().map(Records::run).toList(), total);
  }

  private static long count(Predicate predicate, EntityManager entities) {
    Query count = entities.createNativeQuery("SELECT count(*) FROM runs" + predicate.where());
    return ((Number) predicate.bind(count).getSingleResult()).longValue();
  }

  private static Predicate predicate(RunFilter filter) {
    Predicate predicate = new Predicate();
    filter.status().ifPresent(status -> predicate.and("status = ?", status.wireName()));
    if (!filter.tags().isEmpty()) {
      predicate.and(WORDS + "tags @> CAST(? AS jsonb))", Json.write(filter.tags()));
    }
    filter.createdAfter().ifPresent(at -> predicate.and("created_at > ?", Timestamp.from(at)));
    filter.createdBefore().ifPresent(at -> predicate.and("created_at < ?", Timestamp.from(at)));
    filter
        .environment()
        .ifPresent(name -> predicate.and("environment_key = CAST(md5(?) AS uuid)", name));
    filter
        .scenarioRef()
        .map(Predicate::containing)
        .ifPresent(
            like -> predicate.and(WORDS + "scenario_ref LIKE ? OR source_ref LIKE ?)", like, like));
    filter
        .search()
        .map(Predicate::containing)
        .ifPresent(like -> predicate.and(WORDS + "search_text LIKE ?)", like));
    if (filter.sandbox() == RunFilter.Hidden.LEFT_OUT) {
      predicate.and("mode <> 'sandbox'");
    }
    if (filter.archived() == RunFilter.Hidden.LEFT_OUT) {
      predicate.and("archived_at IS NULL");
    }
    return predicate;
  }

  /**
   * A read model as it was stored.
   *
   * @param tree its JSON
   * @param version the number of the log as of which it is
   */
  public record StoredState(Map<String, @Nullable Object> tree, long version) {}

  /**
   * The stored read model of a run; empty when none was stored or other folds than ours made it.
   * What came since is to be folded on.
   */
  public Optional<StoredState> findState(UUID runId) {
    return reads.by(
        entities ->
            Optional.ofNullable(entities.find(ProjectionEntity.class, runId))
                .filter(row -> row.schemaVersion == RunState.FOLD_VERSION)
                .map(row -> new StoredState(Records.state(row), row.version)));
  }

  /**
   * How many stored read models earlier versions of the folds made, counted up to {@code most}.
   * What none was stored of yet, as of most runs under way, does not count.
   */
  public int countOutdated(int most) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT p.runId FROM ProjectionEntity p WHERE p.schemaVersion < :version",
                    UUID.class)
                .setParameter("version", RunState.FOLD_VERSION)
                .setMaxResults(most)
                .getResultList()
                .size());
  }

  /** The stored metrics of a run, as a tree; empty when nothing was counted yet. */
  public Optional<Map<String, @Nullable Object>> findMetrics(UUID runId) {
    return reads.by(
        entities ->
            Optional.ofNullable(entities.find(MetricsEntity.class, runId)).map(Records::metrics));
  }

  /** The session of a run as far as the observer needs it. */
  public Optional<FollowedSession> findSession(UUID runId) {
    return reads.by(
        entities ->
            Optional.ofNullable(entities.find(SessionEntity.class, runId)).map(Records::session));
  }

  /** The artifacts of a run, oldest first. */
  public List<Artifact> listArtifacts(UUID runId) {
    return listArtifacts(runId, Integer.MAX_VALUE, 0);
  }

  /** A stretch of the artifacts of a run, oldest first. */
  public List<Artifact> listArtifacts(UUID runId, int limit, int offset) {
    return reads.by(
        entities ->
            entities
                .createQuery(
                    "SELECT a FROM ArtifactEntity a WHERE a.runId = :run ORDER BY a.createdAt, a.id",
                    ArtifactEntity.class)
                .setParameter("run", runId)
                .setMaxResults(limit)
                .setFirstResult(offset)
                .getResultList()
                .stream()
                .map(Records::artifact)
                .toList());
  }

  /** The last number of each of the runs; runs that are gone are left out. */
  public Map<UUID, Long> lastSequences(List<UUID> runIds) {
    if (runIds.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Long> sequences = new LinkedHashMap<>();
    reads
        .by(
            entities ->
                entities
                    .createQuery(
                        "SELECT r.id, r.lastEventSeq FROM RunEntity r WHERE r.id IN :ids",
                        Object[].class)
                    .setParameter("ids", runIds)
                    .getResultList())
        .forEach(row -> sequences.put((UUID) row[0], (Long) row[1]));
    return sequences;
  }

  /**
   * The session of a run as its observer left it.
   *
   * @param sessionId identity on the runtime
   * @param streamPosition how many accepted envelopes are stored; the point to resume after
   * @param expiresAt the deadline that the runtime told last
   */
  public record FollowedSession(
      String sessionId, long streamPosition, Optional<Instant> expiresAt) {}

  /**
   * How far the stream of a run under way has come.
   *
   * @param changedAt when something was recorded of the run last
   * @param position how many accepted envelopes are stored; empty before there is a session
   */
  public record OpenStream(
      UUID runId, RunStatus status, Instant changedAt, Optional<Long> position) {
    private static OpenStream of(Object[] row) {
      return new OpenStream(
          (UUID) row[0],
          RunStatus.ofWireName((String) row[1]).orElseThrow(),
          (Instant) row[2],
          Optional.ofNullable((Long) row[3]));
    }
  }
}
