// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.JsonText;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.append.FoldStore;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.run.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No table holds what the operator wants to be taken out. */
class RedactedLogIT {
  private static final String SECRET = "sk-abc123";
  private static final String DATA =
      "{\"prompt\": \"use sk-abc123\", \"model\": \"mine\", \"promptTokens\": 1000000}";

  private static final Settings SETTINGS =
      new Settings(
          name ->
              Optional.ofNullable(
                  Map.of(
                          "MACP_REDACT_PATTERNS", "sk-\\w{3,}",
                          "MACP_MODEL_PRICES", "{\"mine\": [7, 0]}")
                      .get(name)));

  private static Tables tables(Spine spine) {
    return new Tables(new LogStore(Ids.random()), new RunStore(spine.member()), new FoldStore());
  }

  @Test
  void storesNoSecretAnywhere() {
    try (Spine spine = Spine.start()) {
      Tables tables = tables(spine);
      Ledger ledger =
          new Ledger(
              spine.database(),
              tables,
              new Pages(tables, Ids.random(), SETTINGS),
              new Wake(List.of()),
              Spine.CLOCK,
              Unseen.report());
      NewRun opened = Requests.run("redacted").withMetadata(Map.of("contextId", "for " + SECRET));
      UUID run = opened.id();
      ledger.open(opened);
      ledger.execute(run, new Command.StartRun(Requests.now()));
      ledger.execute(run, new Command.BindSession(Requests.now(), session()));

      ledger.record(
          run,
          List.of(vote(), signal(), refusal(), new RawEvent.SessionSnapshot(Frames.AT, session())));

      assertThat(ledger.rebuild(run)).isPresent();
      assertThat(spine.number("select count(*) from run_events_raw where run_id = ?", run))
          .isEqualTo(4);
      for (String table :
          List.of(
              "runs",
              "runtime_sessions",
              "run_events_raw",
              "run_events_canonical",
              "run_projections",
              "run_metrics")) {
        assertThat(spine.rows("select t::text from " + table + " t").toString())
            .as(table)
            .doesNotContain(SECRET, base64(SECRET).substring(0, 8), base64(DATA));
      }
      assertThat(
              spine.text(
                  "select payload -> 'ack' -> 'error' ->> 'message' from run_events_raw"
                      + " where run_id = ? and kind = 'send-ack'",
                  run))
          .isEqualTo("not with [REDACTED]");
      assertThat(
              spine.text(
                  "select llm -> 'totals' ->> 'estimatedCostUsd' from run_projections"
                      + " where run_id = ?",
                  run))
          .isEqualTo("7");
    }
  }

  private static SessionFacts session() {
    return new SessionFacts(
        "redacted",
        SessionState.OPEN,
        Frames.DECISION_MODE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("agent-a"),
        List.of("agent-a"),
        Optional.empty(),
        Optional.empty(),
        Optional.of("for " + SECRET),
        List.of());
  }

  private static RawEvent refusal() {
    RawEvent.Refusal why =
        new RawEvent.Refusal("POLICY_DENIED", "not with sk-abc123", List.of("sk-abc123"));
    return new RawEvent.SendAck(
        Frames.AT,
        "m-3",
        Frames.SESSION,
        false,
        false,
        "SESSION_STATE_OPEN",
        0,
        Optional.of(why),
        Optional.empty());
  }

  private static RawEvent vote() {
    return new RawEvent.StreamEnvelope(
        Frames.AT,
        RawEvent.Origin.SESSION,
        Frames.envelope(Frames.DECISION_MODE, Frames.SESSION, "Vote", "m-1", "agent-a")
            .withPayload(base64("\n\t" + SECRET)),
        JsonText.payload("{'proposalId': 'p', 'vote': 'APPROVE', 'reason': 'by sk-abc123'}"),
        Optional.of("macp.modes.decision.v1.VotePayload"));
  }

  private static RawEvent signal() {
    return Frames.ambient(
        "agent-a",
        "Signal",
        "m-2",
        "{'signalType': 'llm.call.completed', 'data': '" + base64(DATA) + "'}",
        DATA.replace('"', '\''));
  }

  private static String base64(String text) {
    return Envelope.base64(text.getBytes(UTF_8));
  }
}
