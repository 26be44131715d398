// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.v1.ModeDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry says of the built-in modes (section 5.2). */
class BuiltInDescriptorsTest {
  private static final ModeListing LISTING = new ModeListing(Map.of(), BuiltInModes.catalog());

  private static ModeDescriptor descriptor(String mode) {
    return Stream.concat(LISTING.standard().stream(), LISTING.extensions().stream())
        .filter(listed -> listed.getMode().equals(mode))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "macp.mode.decision.v1, semantic-deterministic, declared, Proposal Evaluation Objection Vote",
    "macp.mode.proposal.v1, semantic-deterministic, peer,"
        + " Proposal CounterProposal Accept Reject Withdraw",
    "macp.mode.task.v1, structural-only, orchestrated,"
        + " TaskRequest TaskAccept TaskReject TaskUpdate TaskComplete TaskFail",
    "macp.mode.handoff.v1, context-frozen, delegated,"
        + " HandoffOffer HandoffContext HandoffAccept HandoffDecline",
    "macp.mode.quorum.v1, semantic-deterministic, quorum, ApprovalRequest Approve Reject Abstain",
    "ext.multi_round.v1, semantic-deterministic, peer, Contribute"
  })
  void describesEachModeAsThePublicRegistryDoes(
      String mode, String determinism, String participants, String types) {
    ModeDescriptor listed = descriptor(mode);

    assertThat(listed.getModeVersion()).isEqualTo("1.0.0");
    assertThat(listed.getTitle()).isNotBlank();
    assertThat(listed.getDescription()).isNotBlank();
    assertThat(listed.getDeterminismClass()).isEqualTo(determinism);
    assertThat(listed.getParticipantModel()).isEqualTo(participants);
    assertThat(String.join(" ", listed.getMessageTypesList()))
        .isEqualTo("SessionStart " + types + " Commitment");
    assertThat(listed.getTerminalMessageTypesList()).containsExactly("Commitment");
    assertThat(listed.getSchemaUrisMap())
        .isEqualTo(Map.of("protobuf", "buf.build/multiagentcoordinationprotocol/macp"));
  }

  @Test
  void listsTheStandardModesInTheirOrderAndTheExtensionsApart() {
    assertThat(LISTING.standard())
        .extracting(ModeDescriptor::getMode)
        .isEqualTo(
            List.of(
                "macp.mode.decision.v1",
                "macp.mode.proposal.v1",
                "macp.mode.task.v1",
                "macp.mode.handoff.v1",
                "macp.mode.quorum.v1"));
    assertThat(LISTING.extensions())
        .extracting(ModeDescriptor::getMode)
        .containsExactly("ext.multi_round.v1");
  }
}
