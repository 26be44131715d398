// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.macp.controlplane.demo.act.HandoffAct;
import io.macp.controlplane.demo.act.ProposalAct;
import io.macp.controlplane.demo.act.QuorumAct;
import io.macp.controlplane.demo.act.TaskAct;
import io.macp.modes.handoff.v1.HandoffContextPayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;
import io.macp.modes.proposal.v1.CounterProposalPayload;
import io.macp.modes.proposal.v1.ProposalPayload;
import io.macp.modes.quorum.v1.AbstainPayload;
import io.macp.modes.quorum.v1.ApprovalRequestPayload;
import io.macp.modes.task.v1.TaskCompletePayload;
import io.macp.modes.task.v1.TaskFailPayload;
import io.macp.modes.task.v1.TaskRequestPayload;
import io.macp.modes.task.v1.TaskUpdatePayload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModePayloadsTest {
  private static final Map<String, String> FACTS = Map.of("b", "2", "a", "1");
  private static final ByteString JSON = ByteString.copyFromUtf8("{\"a\":\"1\",\"b\":\"2\"}");

  @Test
  void writesOffersWithTheirFiguresInOneOrder() {
    ProposalAct.Content content = new ProposalAct.Content("title", "summary", FACTS);

    assertThat(ProposalPayloads.of(new ProposalAct.Proposal("p", content, List.of("t"))))
        .isEqualTo(
            ProposalPayload.newBuilder()
                .setProposalId("p")
                .setTitle("title")
                .setSummary("summary")
                .setDetails(JSON)
                .addTags("t")
                .build());
    assertThat(ProposalPayloads.of(new ProposalAct.CounterProposal("q", "p", content)))
        .isEqualTo(
            CounterProposalPayload.newBuilder()
                .setProposalId("q")
                .setSupersedesProposalId("p")
                .setTitle("title")
                .setSummary("summary")
                .setDetails(JSON)
                .build());
  }

  @Test
  void writesATaskFromRequestToReport() {
    assertThat(TaskPayloads.of(new TaskAct.Request("t", "title", "do it", "a", FACTS)))
        .isEqualTo(
            TaskRequestPayload.newBuilder()
                .setTaskId("t")
                .setTitle("title")
                .setInstructions("do it")
                .setRequestedAssignee("a")
                .setInput(JSON)
                .build());
    assertThat(TaskPayloads.of(new TaskAct.Update("t", "working", 0.5, "half")))
        .isEqualTo(
            TaskUpdatePayload.newBuilder()
                .setTaskId("t")
                .setStatus("working")
                .setProgress(0.5)
                .setMessage("half")
                .build());
    assertThat(TaskPayloads.of(new TaskAct.Complete("t", "done", FACTS)))
        .isEqualTo(
            TaskCompletePayload.newBuilder()
                .setTaskId("t")
                .setSummary("done")
                .setOutput(JSON)
                .build());
    assertThat(TaskPayloads.of(new TaskAct.Fail("t", "NO_DATA", "none")))
        .isEqualTo(
            TaskFailPayload.newBuilder()
                .setTaskId("t")
                .setErrorCode("NO_DATA")
                .setReason("none")
                .setRetryable(true)
                .build());
  }

  @Test
  void writesAHandoffWithItsContext() {
    assertThat(HandoffPayloads.of(new HandoffAct.Offer("h", "b", "all", "why")))
        .isEqualTo(
            HandoffOfferPayload.newBuilder()
                .setHandoffId("h")
                .setTargetParticipant("b")
                .setScope("all")
                .setReason("why")
                .build());
    assertThat(HandoffPayloads.of(new HandoffAct.Context("h", FACTS)))
        .isEqualTo(
            HandoffContextPayload.newBuilder()
                .setHandoffId("h")
                .setContentType("application/json")
                .setContext(JSON)
                .build());
  }

  @Test
  void hasNothingToSendForSilence() {
    HandoffAct silence = new HandoffAct.Silence("h");

    assertThatThrownBy(() -> HandoffPayloads.of(silence))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("silence about h is not sent");
  }

  @Test
  void writesARequestForApprovalAndItsBallots() {
    assertThat(QuorumPayloads.of(new QuorumAct.Request("r", "deploy", "sum", 3, FACTS)))
        .isEqualTo(
            ApprovalRequestPayload.newBuilder()
                .setRequestId("r")
                .setAction("deploy")
                .setSummary("sum")
                .setRequiredApprovals(3)
                .setDetails(JSON)
                .build());
    assertThat(QuorumPayloads.of(new QuorumAct.Abstain("r", "away")))
        .isEqualTo(AbstainPayload.newBuilder().setRequestId("r").setReason("away").build());
  }
}
