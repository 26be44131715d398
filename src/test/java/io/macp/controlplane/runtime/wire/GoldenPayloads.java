// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import io.macp.modes.handoff.v1.HandoffContextPayload;
import io.macp.modes.handoff.v1.HandoffDeclinePayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;
import io.macp.modes.multi_round.v1.ContributePayload;
import io.macp.modes.proposal.v1.AcceptPayload;
import io.macp.modes.proposal.v1.CounterProposalPayload;
import io.macp.modes.proposal.v1.WithdrawPayload;
import io.macp.modes.quorum.v1.AbstainPayload;
import io.macp.modes.quorum.v1.ApprovalRequestPayload;
import io.macp.modes.quorum.v1.ApprovePayload;
import io.macp.modes.task.v1.TaskAcceptPayload;
import io.macp.modes.task.v1.TaskCompletePayload;
import io.macp.modes.task.v1.TaskFailPayload;
import io.macp.modes.task.v1.TaskRejectPayload;
import io.macp.modes.task.v1.TaskRequestPayload;
import io.macp.modes.task.v1.TaskUpdatePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SessionCancelPayload;
import io.macp.v1.SessionResumePayload;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SessionSuspendPayload;
import io.macp.v1.SignalPayload;
import java.util.stream.Stream;

/** Every message type of the protocol with every field set, and the tree that it must become. */
final class GoldenPayloads {
  private GoldenPayloads() {}

  /** One message and the JSON text of its tree. */
  record Golden(String mode, String messageType, Message payload, String expected) {
    @Override
    public String toString() {
      return mode + " " + messageType;
    }
  }

  static Stream<Golden> all() {
    return Stream.of(
            core(), ambient(), control(), decision(), proposal(), task(), handoff(), quorum())
        .flatMap(s -> s);
  }

  private static Stream<Golden> core() {
    String mode = "macp.mode.quorum.v1";
    return Stream.of(
        golden(
            mode,
            "SessionStart",
            SessionStartPayload.getDefaultInstance(),
            "intent:'i' participants:'a' participants:'b' mode_version:'1' configuration_version:'2'"
                + " policy_version:'3' ttl_ms:60000 roots{uri:'u' name:'n'} context_id:'c'"
                + " extensions{key:'z' value:'\\x01'} extensions{key:'k' value:'\\x02'}"
                + " max_suspend_ms:9007199254740993",
            "{'intent':'i','participants':['a','b'],'modeVersion':'1','configurationVersion':'2',"
                + "'policyVersion':'3','ttlMs':60000,'roots':[{'uri':'u','name':'n'}],"
                + "'contextId':'c','extensions':{'k':'Ag==','z':'AQ=='},"
                + "'maxSuspendMs':9007199254740993}"),
        golden(
            mode,
            "Commitment",
            CommitmentPayload.getDefaultInstance(),
            "commitment_id:'c' action:'a' authority_scope:'s' reason:'r' mode_version:'1'"
                + " policy_version:'2' configuration_version:'3' outcome_positive:true"
                + " supersedes{session_id:'o' commitment_hash:'h'}",
            "{'commitmentId':'c','action':'a','authorityScope':'s','reason':'r','modeVersion':'1',"
                + "'policyVersion':'2','configurationVersion':'3','outcomePositive':true,"
                + "'supersedes':{'sessionId':'o','commitmentHash':'h'}}"));
  }

  private static Stream<Golden> ambient() {
    return Stream.of(
        golden(
            "",
            "Signal",
            SignalPayload.getDefaultInstance(),
            "signal_type:'t' data:'{}' confidence:0.75 correlation_session_id:'s'",
            "{'signalType':'t','data':'e30=','confidence':0.75,'correlationSessionId':'s'}"),
        golden(
            "",
            "Progress",
            ProgressPayload.getDefaultInstance(),
            "progress_token:'t' progress:0.5 total:1 message:'m' target_message_id:'i'",
            "{'progressToken':'t','progress':0.5,'total':1.0,'message':'m','targetMessageId':'i'}"));
  }

  private static Stream<Golden> control() {
    String mode = "macp.mode.quorum.v1";
    return Stream.of(
        golden(
            mode,
            "SessionCancel",
            SessionCancelPayload.getDefaultInstance(),
            "reason:'r' cancelled_by:'b'",
            "{'reason':'r','cancelledBy':'b'}"),
        golden(
            mode,
            "SessionSuspend",
            SessionSuspendPayload.getDefaultInstance(),
            "reason:'r' suspended_by:'b'",
            "{'reason':'r','suspendedBy':'b'}"),
        golden(
            mode,
            "SessionResume",
            SessionResumePayload.getDefaultInstance(),
            "reason:'r' resumed_by:'b' banked_ms:7",
            "{'reason':'r','resumedBy':'b','bankedMs':7}"));
  }

  private static Stream<Golden> decision() {
    String mode = "macp.mode.decision.v1";
    return Stream.of(
        golden(
            mode,
            "Proposal",
            io.macp.modes.decision.v1.ProposalPayload.getDefaultInstance(),
            "proposal_id:'p' option:'o' rationale:'r' supporting_data:'\\x00\\xff'",
            "{'proposalId':'p','option':'o','rationale':'r','supportingData':'AP8='}"),
        golden(
            mode,
            "Evaluation",
            EvaluationPayload.getDefaultInstance(),
            "proposal_id:'p' recommendation:'APPROVE' confidence:0.9 reason:'r'",
            "{'proposalId':'p','recommendation':'APPROVE','confidence':0.9,'reason':'r'}"),
        golden(
            mode,
            "Objection",
            ObjectionPayload.getDefaultInstance(),
            "proposal_id:'p' reason:'r' severity:'critical'",
            "{'proposalId':'p','reason':'r','severity':'critical'}"),
        golden(
            mode,
            "Vote",
            VotePayload.getDefaultInstance(),
            "proposal_id:'p' vote:'REJECT' reason:'r'",
            "{'proposalId':'p','vote':'REJECT','reason':'r'}"));
  }

  private static Stream<Golden> proposal() {
    String mode = "macp.mode.proposal.v1";
    return Stream.of(
        golden(
            mode,
            "Proposal",
            io.macp.modes.proposal.v1.ProposalPayload.getDefaultInstance(),
            "proposal_id:'p' title:'t' summary:'s' details:'d' tags:'x' tags:'y'",
            "{'proposalId':'p','title':'t','summary':'s','details':'ZA==','tags':['x','y']}"),
        golden(
            mode,
            "CounterProposal",
            CounterProposalPayload.getDefaultInstance(),
            "proposal_id:'p' supersedes_proposal_id:'o' title:'t' summary:'s' details:'d'",
            "{'proposalId':'p','supersedesProposalId':'o','title':'t','summary':'s',"
                + "'details':'ZA=='}"),
        golden(
            mode,
            "Accept",
            AcceptPayload.getDefaultInstance(),
            "proposal_id:'p' reason:'r'",
            "{'proposalId':'p','reason':'r'}"),
        golden(
            mode,
            "Reject",
            io.macp.modes.proposal.v1.RejectPayload.getDefaultInstance(),
            "proposal_id:'p' terminal:true reason:'r'",
            "{'proposalId':'p','terminal':true,'reason':'r'}"),
        golden(
            mode,
            "Withdraw",
            WithdrawPayload.getDefaultInstance(),
            "proposal_id:'p' reason:'r'",
            "{'proposalId':'p','reason':'r'}"));
  }

  private static Stream<Golden> task() {
    String mode = "macp.mode.task.v1";
    return Stream.of(
        golden(
            mode,
            "TaskRequest",
            TaskRequestPayload.getDefaultInstance(),
            "task_id:'t' title:'n' instructions:'i' requested_assignee:'a' input:'d'"
                + " deadline_unix_ms:1767225600000",
            "{'taskId':'t','title':'n','instructions':'i','requestedAssignee':'a','input':'ZA==',"
                + "'deadlineUnixMs':1767225600000}"),
        golden(
            mode,
            "TaskAccept",
            TaskAcceptPayload.getDefaultInstance(),
            "task_id:'t' assignee:'a' reason:'r'",
            "{'taskId':'t','assignee':'a','reason':'r'}"),
        golden(
            mode,
            "TaskReject",
            TaskRejectPayload.getDefaultInstance(),
            "task_id:'t' assignee:'a' reason:'r'",
            "{'taskId':'t','assignee':'a','reason':'r'}"),
        golden(
            mode,
            "TaskUpdate",
            TaskUpdatePayload.getDefaultInstance(),
            "task_id:'t' status:'s' progress:0.25 message:'m' partial_output:'d'",
            "{'taskId':'t','status':'s','progress':0.25,'message':'m','partialOutput':'ZA=='}"),
        golden(
            mode,
            "TaskComplete",
            TaskCompletePayload.getDefaultInstance(),
            "task_id:'t' assignee:'a' output:'d' summary:'s'",
            "{'taskId':'t','assignee':'a','output':'ZA==','summary':'s'}"),
        golden(
            mode,
            "TaskFail",
            TaskFailPayload.getDefaultInstance(),
            "task_id:'t' assignee:'a' error_code:'e' reason:'r' retryable:true",
            "{'taskId':'t','assignee':'a','errorCode':'e','reason':'r','retryable':true}"));
  }

  private static Stream<Golden> handoff() {
    String mode = "macp.mode.handoff.v1";
    return Stream.of(
        golden(
            mode,
            "HandoffOffer",
            HandoffOfferPayload.getDefaultInstance(),
            "handoff_id:'h' target_participant:'t' scope:'s' reason:'r'",
            "{'handoffId':'h','targetParticipant':'t','scope':'s','reason':'r'}"),
        golden(
            mode,
            "HandoffContext",
            HandoffContextPayload.getDefaultInstance(),
            "handoff_id:'h' content_type:'text/plain' context:'d'",
            "{'handoffId':'h','contentType':'text/plain','context':'ZA=='}"),
        golden(
            mode,
            "HandoffAccept",
            HandoffAcceptPayload.getDefaultInstance(),
            "handoff_id:'h' accepted_by:'a' reason:'r' implicit:true",
            "{'handoffId':'h','acceptedBy':'a','reason':'r','implicit':true}"),
        golden(
            mode,
            "HandoffDecline",
            HandoffDeclinePayload.getDefaultInstance(),
            "handoff_id:'h' declined_by:'a' reason:'r'",
            "{'handoffId':'h','declinedBy':'a','reason':'r'}"));
  }

  private static Stream<Golden> quorum() {
    String mode = "macp.mode.quorum.v1";
    return Stream.of(
        golden(
            mode,
            "ApprovalRequest",
            ApprovalRequestPayload.getDefaultInstance(),
            "request_id:'q' action:'a' summary:'s' details:'d' required_approvals:4294967295",
            "{'requestId':'q','action':'a','summary':'s','details':'ZA==',"
                + "'requiredApprovals':4294967295}"),
        golden(
            mode,
            "Approve",
            ApprovePayload.getDefaultInstance(),
            "request_id:'q' reason:'r'",
            "{'requestId':'q','reason':'r'}"),
        golden(
            mode,
            "Reject",
            io.macp.modes.quorum.v1.RejectPayload.getDefaultInstance(),
            "request_id:'q' reason:'r'",
            "{'requestId':'q','reason':'r'}"),
        golden(
            mode,
            "Abstain",
            AbstainPayload.getDefaultInstance(),
            "request_id:'q' reason:'r'",
            "{'requestId':'q','reason':'r'}"),
        golden(
            "ext.multi_round.v1",
            "Contribute",
            ContributePayload.getDefaultInstance(),
            "value:'v'",
            "{'value':'v'}"));
  }

  private static Golden golden(
      String mode, String messageType, Message type, String text, String expected) {
    Message.Builder payload = type.newBuilderForType();
    try {
      TextFormat.merge(text, payload);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
    return new Golden(mode, messageType, payload.build(), expected.replace('\'', '"'));
  }
}
