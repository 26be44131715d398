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

/** A row of {@code run_events_canonical}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "run_events_canonical")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class CanonicalEventEntity {
  @Id
  @Column(name = "id")
  UUID id;

  @Column(name = "run_id")
  UUID runId;

  @Column(name = "seq")
  long seq;

  @Column(name = "ts")
  Instant ts;

  @Column(name = "type")
  String type;

  @Column(name = "subject_kind")
  @Nullable String subjectKind;

  @Column(name = "subject_id")
  @Nullable String subjectId;

  @Column(name = "source_kind")
  String sourceKind;

  @Column(name = "source_name")
  String sourceName;

  @Column(name = "raw_type")
  @Nullable String rawType;

  @Column(name = "trace_id")
  @Nullable String traceId;

  @Column(name = "span_id")
  @Nullable String spanId;

  @Column(name = "parent_span_id")
  @Nullable String parentSpanId;

  @Column(name = "schema_version")
  int schemaVersion;

  @Column(name = "data")
  @Convert(converter = Converters.JsonText.class)
  String data;

  @Column(name = "created_at")
  Instant createdAt;

  /** Filled by the database itself. */
  @Column(name = "written_by", insertable = false, updatable = false)
  @Convert(converter = Converters.JsonText.class)
  String writtenBy;
}
