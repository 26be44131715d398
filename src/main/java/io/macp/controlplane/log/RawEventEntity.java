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

/** A row of {@code run_events_raw}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "run_events_raw")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class RawEventEntity {
  @Id
  @Column(name = "id")
  UUID id;

  @Column(name = "run_id")
  UUID runId;

  @Column(name = "seq")
  long seq;

  @Column(name = "ts")
  Instant ts;

  @Column(name = "kind")
  String kind;

  @Column(name = "source_name")
  String sourceName;

  @Column(name = "payload")
  @Convert(converter = Converters.JsonText.class)
  String payload;

  @Column(name = "source_id")
  @Nullable String sourceId;

  @Column(name = "trace_id")
  @Nullable String traceId;

  @Column(name = "span_id")
  @Nullable String spanId;

  @Column(name = "created_at")
  Instant createdAt;
}
