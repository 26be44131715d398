// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Note;
import io.macp.controlplane.demo.act.Act.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents that bring a mode of their own, which the runtime passes on without rules. */
final class IncidentNotes {
  private static final String OBSERVATION = "Observation";
  private static final String ACTION = "ActionTaken";

  private static final Script.Mode MODE =
      new Script.Mode(
          "ext.demo.incident_notes.v1",
          "1.0.0",
          Optional.of(
              new Script.Registration(
                  "Incident notes",
                  "Notes of all who work on an incident, until its lead closes it.",
                  List.of(OBSERVATION, ACTION))));

  static final Script SCRIPT =
      new Script(
          "incident-notes",
          "Incident: notes in a mode of its own",
          "The lead registers an extension mode with two message types. Three agents note what they"
              + " see and do in it, and the lead closes the incident.",
          new Script.Session(
              MODE,
              "Keep the notes of incident INC-4471 in one place",
              "INC-4471",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(lead(), database(), network()),
          Script.Ending.POSITIVE);

  private IncidentNotes() {}

  private static Part lead() {
    return Part.of(
        "agent://incident-lead",
        then(
            900,
            new Note(
                OBSERVATION,
                Map.of("what", "Checkout answers after 9 seconds", "since", "14:02 UTC"))),
        on(
            Cue.seen(ACTION, 2),
            2200,
            new Note(OBSERVATION, Map.of("what", "Checkout answers after 0.4 seconds again"))),
        then(
            1800,
            new Commitment(
                "commit-INC-4471",
                "incident.closed",
                "operations",
                "Fast for ten minutes; the cause is known and has a ticket.")));
  }

  private static Part database() {
    return Part.of(
        "agent://database-oncall",
        on(
            Cue.seen(OBSERVATION, 1),
            1100,
            new LlmCall("gpt-4o", 2310, 150, Duration.ofMillis(1490))),
        then(
            700,
            new Note(
                OBSERVATION,
                Map.of("what", "600 sessions wait for one row lock", "table", "stock_levels"))),
        then(
            1500,
            new Note(
                ACTION, Map.of("what", "Ended the report that held the lock", "pid", "20713"))));
  }

  private static Part network() {
    return Part.of(
        "agent://network-oncall",
        on(
            Cue.seen(OBSERVATION, 1),
            1300,
            new Progress("packet-loss", 0.5, "Asking both providers")),
        then(1700, new Note(OBSERVATION, Map.of("what", "No packet loss on either line"))),
        on(
            Cue.seen(ACTION, 1),
            1200,
            new Note(ACTION, Map.of("what", "Moved a third of the traffic to the second site"))));
  }
}
