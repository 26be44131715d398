// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationFoldTest {
  private final Recorder run = new Recorder();

  private List<String> edges() {
    return run.state().graph().edges().stream()
        .map(edge -> edge.from() + ">" + edge.to() + " " + edge.kind())
        .toList();
  }

  private List<String> nodes() {
    return run.shown("graph").objects("nodes").stream()
        .map(
            node ->
                String.join(
                    " ",
                    node.text("id").orElse(""),
                    node.text("kind").orElse(""),
                    node.text("status").orElse("")))
        .toList();
  }

  @Test
  void drawsTheStartOfASession() {
    run.says("a", "SessionStart", "{'participants': ['a', 'b', 'c']}");

    assertThat(nodes())
        .containsExactly(
            "a participant active",
            "b participant waiting",
            "c participant waiting",
            "__start start completed");
    assertThat(edges())
        .containsExactly(
            "__start>a session.bound",
            "a>b fanout",
            "a>c fanout",
            "a>b SessionStart",
            "a>c SessionStart");
  }

  @Test
  void drawsAProposalForEverybodyElse() {
    run.records("participant.seen", "b", Payload.EMPTY).says("a", "Proposal", "{}");

    assertThat(nodes())
        .containsExactly(
            "b participant waiting",
            "a participant active",
            "__start start completed",
            "__proposal proposal completed");
    assertThat(edges())
        .containsExactly("a>__proposal proposes", "__proposal>b review", "a>b Proposal");
  }

  @Test
  void drawsContributionsToTheDecision() {
    run.says("a", "Evaluation", "{}")
        .says("b", "Objection", "{}")
        .says("a", "Vote", "{}")
        .says("a", "Commitment", "{}")
        .says("b", "Vote", "{}");

    assertThat(nodes())
        .containsExactly(
            "a participant active",
            "b participant active",
            "__start start completed",
            "__decision decision completed",
            "__outcome output completed");
    assertThat(edges())
        .containsExactly(
            "a>__decision evaluation",
            "b>__decision objection",
            "a>__decision vote",
            "__decision>__outcome commits",
            "b>__decision vote");
  }

  @Test
  void drawsMessagesToNamedRecipients() {
    run.records(
            "message.received",
            "m-1",
            payload("{'sender': 'a', 'messageType': 'Proposal', 'to': ['b', 'a', 'b']}"))
        .records(
            "message.received",
            "m-2",
            payload("{'sender': 'b', 'messageType': 'Ping', 'to': 'a'}"));

    assertThat(edges())
        .containsExactly(
            "a>__proposal proposes",
            "__proposal>b review",
            "__proposal>a review",
            "a>b Proposal",
            "b>a Ping");
  }

  @Test
  void renewsTheTimeOfAKnownEdge() {
    run.says("a", "Vote", "{}").says("b", "Vote", "{}").says("a", "Vote", "{}");

    assertThat(run.shown("graph").objects("edges"))
        .containsExactly(
            payload(
                """
                {'from': 'a', 'to': '__decision', 'kind': 'vote',
                 'ts': '2026-03-01T10:00:08.000Z'}
                """),
            payload(
                """
                {'from': 'b', 'to': '__decision', 'kind': 'vote',
                 'ts': '2026-03-01T10:00:04.000Z'}
                """));
  }

  @Test
  void drawsNothingForMessagesThatNobodySent() {
    run.records("message.received", "m-1", payload("{'messageType': 'Vote'}"))
        .records("message.received", "m-2", payload("{'sender': 'a', 'to': ['b', '']}"));

    assertThat(edges()).isEmpty();
    assertThat(nodes())
        .containsExactly(
            "a participant active",
            "b participant waiting",
            "__start start completed",
            "__decision decision active");
  }

  @Test
  void drawsNoEdgesToManyRecipients() {
    List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "p" + i).toList();

    run.says("p0", "SessionStart", "{'participants': ['" + String.join("', '", many) + "']}")
        .says("p0", "Proposal", "{}");

    assertThat(edges()).containsExactly("__start>p0 session.bound", "p0>__proposal proposes");
    assertThat(run.shownParticipants()).hasSize(1_000);
  }

  @Test
  void keepsTheNewestEdges() {
    for (int i = 0; i < Graph.EDGE_CAP + 5; i++) {
      run.records(
          "message.received",
          "m",
          Payload.of(Map.of("sender", "a", "messageType", "Ping" + i, "to", "b")));
    }
    assertThat(edges()).hasSize(300).startsWith("a>b Ping5").endsWith("a>b Ping304");

    run.records("message.sent", "m", payload("{'sender': 'a', 'to': ['c']}"));
    assertThat(edges()).hasSize(200).endsWith("a>c message.sent");
  }

  @Test
  void countsMessagesOfOurOwn() {
    run.records(
            "message.sent",
            "m-1",
            payload("{'sender': 'a', 'to': ['b'], 'messageType': 'ContextUpdate'}"))
        .records("message.send_failed", "m-2", Payload.EMPTY);

    assertThat(run.shown("outboundMessages"))
        .isEqualTo(payload("{'total': 2, 'queued': 0, 'accepted': 1, 'rejected': 1}"));
    assertThat(edges()).containsExactly("a>b message.sent");
    assertThat(run.shownParticipants())
        .extracting(each -> each.text("latestSummary").orElse("none"))
        .containsExactly("ContextUpdate", "none");
  }

  @Test
  void namesTheEventWhenAMessageOfOurOwnHasNoType() {
    run.records("message.sent", "m-1", payload("{'sender': 'a'}"));

    assertThat(run.shownParticipants().getFirst().text("latestSummary")).contains("message.sent");
  }
}
