// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code runs}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "runs")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class RunEntity {
  @Id
  @Column(name = "id")
  UUID id;

  @Column(name = "status")
  String status;

  @Column(name = "mode")
  String mode;

  @Column(name = "runtime_kind")
  String runtimeKind;

  @Column(name = "runtime_version")
  @Nullable String runtimeVersion;

  @Column(name = "runtime_session_id")
  @Nullable String runtimeSessionId;

  @Column(name = "trace_id")
  @Nullable String traceId;

  @Column(name = "idempotency_key")
  @Nullable String idempotencyKey;

  @Column(name = "last_event_seq")
  long lastEventSeq;

  @Column(name = "source_kind")
  @Nullable String sourceKind;

  @Column(name = "source_ref")
  @Nullable String sourceRef;

  @Column(name = "tags")
  @Convert(converter = Converters.JsonText.class)
  String tags;

  @Column(name = "metadata")
  @Convert(converter = Converters.JsonText.class)
  String metadata;

  @Column(name = "error_code")
  @Nullable String errorCode;

  @Column(name = "error_message")
  @Nullable String errorMessage;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "archived_at")
  @Nullable Instant archivedAt;

  @Column(name = "imported_at")
  @Nullable Instant importedAt;

  /** Of the environment in the metadata; made by the database itself. */
  @Column(name = "environment_key", insertable = false, updatable = false)
  @Nullable UUID environmentKey;
}
