// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyFoldTest {
  private final Recorder run = new Recorder();

  private Payload policy() {
    return run.shown("policy");
  }

  @Test
  void knowsThePolicyOfTheSession() {
    run.decides("session.bound", "{'policyVersion': 'fraud.v1'}")
        .decides("session.bound", "{'policyVersion': 'other'}");

    assertThat(policy())
        .isEqualTo(payload("{'policyVersion': 'fraud.v1', 'commitmentEvaluations': []}"));
  }

  @Test
  void namesExpectedCommitmentsInBothWays() {
    run.decides(
        "session.bound",
        """
        {'expectedCommitments': [{'id': 'c-1', 'title': 't', 'description': 'd',
          'requiredRoles': ['voter']}, {'commitmentId': 'c-2'}]}
        """);

    assertThat(policy().objects("expectedCommitments"))
        .containsExactly(
            payload(
                """
                {'id': 'c-1', 'commitmentId': 'c-1', 'title': 't', 'description': 'd',
                 'requiredRoles': ['voter']}
                """),
            payload("{'id': 'c-2', 'commitmentId': 'c-2'}"));
    assertThat(policy().text("quorumStatus")).contains("pending");
  }

  @Test
  void keepsTheQuorumWhenCommitmentsAreExpectedLater() {
    run.records("policy.commitment.evaluated", "c", Payload.EMPTY)
        .decides("session.bound", "{'expectedCommitments': [{'id': 'c'}]}");

    assertThat(policy().text("quorumStatus")).contains("reached");
  }

  @Test
  void resolvesThePolicy() {
    run.says("a", "PolicyResolved", "{'policyVersion': 'v-1', 'description': 'strict'}");
    assertThat(policy())
        .isEqualTo(
            payload(
                """
                {'policyVersion': 'v-1', 'policyDescription': 'strict',
                 'resolvedAt': '2026-03-01T10:00:00.000Z', 'commitmentEvaluations': []}
                """));

    run.decides("policy.resolved", "{'policyVersion': 'v-2'}").decides("policy.resolved", "{}");
    assertThat(policy())
        .isEqualTo(
            payload(
                """
                {'policyVersion': 'v-2', 'policyDescription': 'strict',
                 'resolvedAt': '2026-03-01T10:00:05.000Z', 'commitmentEvaluations': []}
                """));
  }

  @Test
  void listsWhatThePolicySaid() {
    run.says("a", "PolicyCommitmentEvaluated", "{'commitmentId': 'c', 'decision': 'deny'}");
    assertThat(run.state().policy().quorumStatus()).isEqualTo(Optional.empty());

    run.says("a", "PolicyCommitmentEvaluated", "{'commitmentId': 'c', 'reasons': ['fine']}");
    assertThat(policy())
        .isEqualTo(
            payload(
                """
                {'policyVersion': '', 'quorumStatus': 'reached', 'commitmentEvaluations': [
                  {'commitmentId': 'c', 'decision': 'deny', 'reasons': [],
                   'ts': '2026-03-01T10:00:00.000Z'},
                  {'commitmentId': 'c', 'decision': 'allow', 'reasons': ['fine'],
                   'ts': '2026-03-01T10:00:04.000Z'}]}
                """));
  }

  @Test
  void listsDenials() {
    run.records(
        "policy.denied",
        "m-1",
        payload("{'decodedPayload': {'decision': 'allow', 'reasons': ['veto']}}"));

    assertThat(policy().objects("commitmentEvaluations"))
        .containsExactly(
            payload(
                """
                {'commitmentId': 'm-1', 'decision': 'deny', 'reasons': ['veto'],
                 'ts': '2026-03-01T10:00:00.000Z'}
                """));
    assertThat(policy().text("quorumStatus")).isEmpty();
  }

  @Test
  void keepsTheNewestEvaluations() {
    for (int i = 0; i < 55; i++) {
      run.records("policy.denied", "c" + i, Payload.EMPTY);
    }

    assertThat(policy().objects("commitmentEvaluations")).hasSize(50);
  }
}
