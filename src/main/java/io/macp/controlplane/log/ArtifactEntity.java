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

/** A row of {@code run_artifacts}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "run_artifacts")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class ArtifactEntity {
  @Id
  @Column(name = "id")
  UUID id;

  @Column(name = "run_id")
  UUID runId;

  @Column(name = "kind")
  String kind;

  @Column(name = "label")
  String label;

  @Column(name = "uri")
  @Nullable String uri;

  @Column(name = "inline")
  @Convert(converter = Converters.JsonText.class)
  @Nullable String inline;

  @Column(name = "created_at")
  Instant createdAt;
}
