// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code run_projections}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "run_projections")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class ProjectionEntity {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "version")
  long version;

  @Column(name = "schema_version")
  int schemaVersion;

  @Column(name = "run_summary")
  @Convert(converter = Converters.JsonText.class)
  String run;

  @Column(name = "participants")
  @Convert(converter = Converters.JsonText.class)
  String participants;

  @Column(name = "graph")
  @Convert(converter = Converters.JsonText.class)
  String graph;

  @Column(name = "decision")
  @Convert(converter = Converters.JsonText.class)
  String decision;

  @Column(name = "signals")
  @Convert(converter = Converters.JsonText.class)
  String signals;

  @Column(name = "progress")
  @Convert(converter = Converters.JsonText.class)
  String progress;

  @Column(name = "timeline")
  @Convert(converter = Converters.JsonText.class)
  String timeline;

  @Column(name = "trace_summary")
  @Convert(converter = Converters.JsonText.class)
  String trace;

  @Column(name = "outbound_messages")
  @Convert(converter = Converters.JsonText.class)
  String outboundMessages;

  @Column(name = "policy")
  @Convert(converter = Converters.JsonText.class)
  String policy;

  @Column(name = "llm")
  @Convert(converter = Converters.JsonText.class)
  String llm;

  @Column(name = "updated_at")
  Instant updatedAt;
}
