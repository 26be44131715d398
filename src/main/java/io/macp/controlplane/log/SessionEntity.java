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

/** A row of {@code runtime_sessions}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "runtime_sessions")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class SessionEntity {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "runtime_kind")
  String runtimeKind;

  @Column(name = "runtime_session_id")
  String runtimeSessionId;

  @Column(name = "mode_name")
  String modeName;

  @Column(name = "mode_version")
  @Nullable String modeVersion;

  @Column(name = "configuration_version")
  @Nullable String configurationVersion;

  @Column(name = "policy_version")
  @Nullable String policyVersion;

  @Column(name = "initiator_participant_id")
  @Nullable String initiator;

  @Column(name = "session_state")
  String sessionState;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "last_seen_at")
  @Nullable Instant lastSeenAt;

  @Column(name = "capabilities")
  @Convert(converter = Converters.JsonText.class)
  String capabilities;

  @Column(name = "last_stream_cursor")
  @Nullable Integer lastStreamCursor;

  @Column(name = "stream_position")
  long streamPosition;

  @Column(name = "stream_connected_at")
  @Nullable Instant streamConnectedAt;

  @Column(name = "stream_disconnected_at")
  @Nullable Instant streamDisconnectedAt;

  @Column(name = "metadata")
  @Convert(converter = Converters.JsonText.class)
  String metadata;

  @Column(name = "context_id")
  @Nullable String contextId;

  @Column(name = "extension_keys")
  @Convert(converter = Converters.JsonText.class)
  String extensionKeys;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;
}
