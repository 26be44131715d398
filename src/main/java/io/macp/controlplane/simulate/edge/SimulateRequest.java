// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate.edge;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.simulate.RecordedFact;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be simulated: one policy, told or registered, and one log, told or recorded.
 *
 * @param policy the policy itself, its rules checked
 * @param policyId or the id of one that the runtime knows
 * @param runId the recorded run
 * @param events or its canonical events
 */
record SimulateRequest(
    Optional<PolicyDescriptor> policy,
    Optional<String> policyId,
    Optional<UUID> runId,
    List<RecordedFact> events) {
  static final int MOST_EVENTS = 10_000;
  private static final int LONGEST_ID = 256;
  private static final String UNNAMED = "policy.simulated";

  /** Fields of an event that are allowed and not looked at. */
  private static final List<String> SHOWN_ONLY =
      List.of(
          "id",
          "runId",
          "subjectKind",
          "subjectId",
          "subject",
          "sourceKind",
          "sourceName",
          "rawType",
          "source",
          "traceId",
          "spanId",
          "parentSpanId",
          "trace",
          "schemaVersion",
          "createdAt");

  /**
   * Reads and checks a body.
   *
   * @throws io.macp.controlplane.platform.Problem.ProblemException with a message per wrong field
   */
  static SimulateRequest read(BodyFields body, ModeCatalog modes) {
    exactlyOne(body, "policy", "policyId");
    exactlyOne(body, "runId", "events");
    Optional<PolicyDescriptor> policy =
        body.findObject("policy").flatMap(fields -> policy(body, fields, modes));
    Optional<String> policyId =
        body.has("policyId") ? Optional.of(body.filledText("policyId")) : Optional.empty();
    if (policyId.filter(id -> id.length() > LONGEST_ID).isPresent()) {
      body.reject("policyId must be shorter than or equal to " + LONGEST_ID + " characters");
    }
    Optional<UUID> runId = body.findText("runId").flatMap(text -> runId(body, text));
    List<RecordedFact> events = body.has("events") ? events(body) : List.of();
    body.check();
    return new SimulateRequest(policy, policyId, runId, events);
  }

  private static void exactlyOne(BodyFields body, String one, String other) {
    if (body.has(one) == body.has(other)) {
      body.reject("either " + one + " or " + other + " must be given, and not both");
    }
  }

  private static Optional<UUID> runId(BodyFields body, String text) {
    if (text.length() == 36) {
      try {
        return Optional.of(UUID.fromString(text));
      } catch (IllegalArgumentException e) {
        // falls through to the one message for every wrong id
      }
    }
    body.reject("runId must be a UUID");
    return Optional.empty();
  }

  private static Optional<PolicyDescriptor> policy(
      BodyFields body, BodyFields fields, ModeCatalog modes) {
    String id = fields.findText("policyId").orElse(UNNAMED);
    String mode = fields.filledText("mode");
    int version = fields.findInteger("schemaVersion", 1, 3).orElse(1L).intValue();
    Map<String, Object> rules = fields.tree("rules");
    PolicyDescriptor policy =
        new PolicyDescriptor(
            id,
            mode,
            fields.findText("description").orElse(""),
            new PolicyDescriptor.Rules(Json.write(rules), rules),
            version,
            0);
    problems(policy, modes).forEach(problem -> body.reject("policy." + problem));
    return Optional.of(policy);
  }

  /** What is wrong with a policy in the words of its registration, paths in the body's names. */
  static List<String> problems(PolicyDescriptor policy, ModeCatalog modes) {
    List<String> problems = new ArrayList<>();
    policy
        .problems()
        .forEach(
            problem ->
                problems.add(
                    problem
                        .replaceFirst("^policy_id ", "policyId ")
                        .replaceFirst("^schema_version ", "schemaVersion ")));
    if (!policy.mode().isBlank()) {
      problems.addAll(modes.problemsOf(policy));
    }
    return problems;
  }

  private static List<RecordedFact> events(BodyFields body) {
    List<RecordedFact> events = new ArrayList<>();
    for (BodyFields event : body.objects("events", 1, MOST_EVENTS)) {
      long seq = event.integer("seq", 1, Long.MAX_VALUE);
      String type = event.filledText("type");
      long atMs = event.findText("ts").flatMap(text -> millis(body, text)).orElse(0L);
      Map<String, Object> data = event.tree("data");
      SHOWN_ONLY.forEach(event::has);
      events.add(new RecordedFact(seq, atMs, type, Payload.of(data)));
    }
    return events;
  }

  private static Optional<Long> millis(BodyFields body, String text) {
    try {
      return Optional.of(Instant.parse(text).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      body.reject("ts of every event must be a time such as 2026-01-31T12:00:00.000Z");
      return Optional.empty();
    }
  }
}
