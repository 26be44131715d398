// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.store.SessionLogStore;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.CommitmentPayload;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The hash of an accepted commitment is durable with the resolution. */
class CommitmentHashIT {
  private final AdjustableClock clock = new AdjustableClock();
  private final String id = Agent.newSessionId();

  private DataSource resolvedBy(CommitmentPayload commitment) throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime runtime =
            EmbeddedRuntime.start(Runtimes.config(), dataSource, clock, Ids.random());
        Agent lead = Agent.named(runtime.port(), "lead")) {
      lead.start(id, "lead");
      lead.propose(id, "m1", "p1");
      assertThat(lead.send(id, "Commitment", "m2", commitment).getOk()).isTrue();
      assertThat(runtime.inspect(id).orElseThrow().state()).isEqualTo(SessionState.RESOLVED);
    }
    return dataSource;
  }

  private Optional<String> hashIn(DataSource dataSource) throws SQLException {
    try (var connection = dataSource.getConnection();
        var select =
            connection.prepareStatement(
                "select commitment_hash from macp_runtime.sessions where session_id = ?")) {
      select.setString(1, id);
      try (var row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return Optional.ofNullable(row.getString(1));
      }
    }
  }

  @Test
  void isStoredWithTheAcknowledgedCommitmentAndOutlivesItsHistory() throws Exception {
    CommitmentPayload commitment = Agent.commitment().build();
    Optional<String> hash = CommitmentReading.of(commitment.toByteArray()).hashValue();

    DataSource dataSource = resolvedBy(commitment);

    assertThat(hashIn(dataSource)).isEqualTo(hash).isPresent();
    long later = clock.millis() + Duration.ofDays(8).toMillis();
    assertThat(new SessionLogStore(dataSource, PayloadDecoder::decode).evict(later, later))
        .containsExactly(id);
    assertThat(hashIn(dataSource)).isEqualTo(hash);
  }

  @Test
  void isAbsentWhenTheCommitmentHasFieldsThatItDoesNotCover() throws Exception {
    UnknownFieldSet more =
        UnknownFieldSet.newBuilder()
            .addField(40, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    DataSource dataSource = resolvedBy(Agent.commitment().setUnknownFields(more).build());

    assertThat(hashIn(dataSource)).isEmpty();
  }

  @Test
  void isAbsentWhenNoCommitmentResolvedTheSession() throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime runtime =
            EmbeddedRuntime.start(Runtimes.config(), dataSource, clock, Ids.random());
        Agent lead = Agent.named(runtime.port(), "lead")) {
      lead.start(id, "lead");
      lead.calls().cancelSession(CancelSessionRequest.newBuilder().setSessionId(id).build());
    }

    assertThat(hashIn(dataSource)).isEmpty();
  }
}
