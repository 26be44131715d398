// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDescriptorTest {
  private static final String FULL =
      """
      {"mode": "sandbox",
       "runtime": {"kind": "rust", "version": "0.6"},
       "session": {"sessionId": "s-1", "modeName": "macp.mode.decision.v1", "modeVersion": "1.0.0",
         "configurationVersion": "config.default", "policyVersion": "policy.strict",
         "ttlMs": 60000, "participants": [{"id": "a"}, {"id": "b"}],
         "metadata": {"source": "test", "odd": [null, {"x": 1.5}]}},
       "execution": {"idempotencyKey": "k", "tags": ["t"],
         "requester": {"actorId": "me", "actorType": "service"}}}
      """;

  private static final String SPARSE =
      """
      {"mode": "live",
       "runtime": {"kind": "rust"},
       "session": {"modeName": "m", "modeVersion": "", "configurationVersion": "", "ttlMs": 1,
         "participants": [{"id": "a"}]}}
      """;

  private static Map<String, @Nullable Object> tree(String json) {
    return new LinkedHashMap<>(Json.readTree(json));
  }

  private static RunDescriptor read(Map<String, @Nullable Object> body) {
    BodyFields fields = BodyFields.of(body);
    RunDescriptor descriptor = RunDescriptor.read(fields, "rust");
    fields.check();
    return descriptor;
  }

  private static List<String> errors(Map<String, @Nullable Object> body) {
    return catchThrowableOfType(Problem.ProblemException.class, () -> read(body))
        .problem()
        .fieldErrors();
  }

  @Test
  void readsEveryField() {
    Map<String, @Nullable Object> metadata =
        tree("{\"source\": \"test\", \"odd\": [null, {\"x\": 1.5}]}");

    assertThat(read(tree(FULL)))
        .isEqualTo(
            new RunDescriptor(
                "sandbox",
                new RunDescriptor.Target("rust", Optional.of("0.6")),
                new RunDescriptor.Session(
                    Optional.of("s-1"),
                    "macp.mode.decision.v1",
                    "1.0.0",
                    "config.default",
                    Optional.of("policy.strict"),
                    60_000,
                    List.of("a", "b"),
                    metadata),
                Optional.of("k"),
                List.of("t"),
                Optional.of(
                    new RunDescriptor.Requester(Optional.of("me"), Optional.of("service")))));
  }

  @Test
  void readsABodyWithTheRequiredFieldsOnly() {
    assertThat(read(tree(SPARSE)))
        .isEqualTo(
            new RunDescriptor(
                "live",
                new RunDescriptor.Target("rust", Optional.empty()),
                new RunDescriptor.Session(
                    Optional.empty(), "m", "", "", Optional.empty(), 1, List.of("a"), Map.of()),
                Optional.empty(),
                List.of(),
                Optional.empty()));
  }

  @Test
  void storesWhatItReadWithTheSettledSession() {
    assertThat(stored(read(tree(FULL)), "s-1")).isEqualTo(tree(FULL));
    assertThat(stored(read(tree(SPARSE)), "s-9"))
        .isEqualTo(tree(SPARSE.replace("\"modeName\"", "\"sessionId\": \"s-9\", \"modeName\"")));
  }

  private static Map<String, @Nullable Object> stored(RunDescriptor descriptor, String sessionId) {
    return tree(Json.write(descriptor.toTree(sessionId)));
  }

  @Test
  void readsWhatItStored() {
    RunDescriptor descriptor = read(tree(FULL));

    assertThat(read(stored(descriptor, "s-1"))).isEqualTo(descriptor);
  }

  @Test
  void storesARequesterAsItWasNamed() {
    RunDescriptor.Requester nobody =
        new RunDescriptor.Requester(Optional.empty(), Optional.empty());

    assertThat(read(tree(FULL)).requesterTree())
        .contains(Map.of("actorId", "me", "actorType", "service"));
    assertThat(read(tree(SPARSE)).requesterTree()).isEmpty();
    assertThat(new Body(FULL).with("execution.requester", Map.of()).read().requester())
        .contains(nobody);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mode | 'replay' | mode must be one of the following values: live, sandbox",
        "mode | null | mode must be one of the following values: live, sandbox",
        "runtime | null | runtime must be an object",
        "runtime.kind | 'java' | runtime.kind must be one of the following values: rust",
        "runtime.version | 6 | runtime.version must be a string",
        "session | [] | session must be an object",
        "session.sessionId | 1 | session.sessionId must be a string",
        "session.modeName | '' | session.modeName should not be empty",
        "session.modeName | ' ' | session.modeName should not be empty",
        "session.modeVersion | null | session.modeVersion must be a string",
        "session.configurationVersion | 1 | session.configurationVersion must be a string",
        "session.policyVersion | {} | session.policyVersion must be a string",
        "session.ttlMs | 0 | session.ttlMs must be an integer greater than 0",
        "session.ttlMs | 1.5 | session.ttlMs must be an integer greater than 0",
        "session.ttlMs | '60000' | session.ttlMs must be an integer greater than 0",
        "session.participants | null | session.participants must be an array",
        "session.participants | [] | session.participants must contain at least 1 elements",
        "session.participants | ['a'] | session.participants.0 must be an object",
        "session.participants | [{'id': ''}] | session.participants.0.id should not be empty",
        "session.metadata | 'x' | session.metadata must be an object",
        "execution.idempotencyKey | 1 | execution.idempotencyKey must be a string",
        "execution.tags | 't' | execution.tags must be an array",
        "execution.tags | [1] | execution.tags must contain strings only",
        "execution.requester | 'me' | execution.requester must be an object",
        "execution.requester.actorId | 1 | execution.requester.actorId must be a string",
      })
  void namesAWrongField(String path, String value, String message) {
    assertThat(errors(new Body(FULL).with(path, json(value)).tree)).containsExactly(message);
  }

  private static @Nullable Object json(String value) {
    return tree("{\"value\": " + value.replace('\'', '"') + "}").get("value");
  }

  @Test
  void knowsThreeKindsOfRequesters() {
    assertThat(errors(new Body(FULL).with("execution.requester.actorType", "robot").tree))
        .containsExactly(
            "execution.requester.actorType must be one of the following values: user, service,"
                + " system");
  }

  @ParameterizedTest
  @CsvSource({
    "kickoff",
    "policyHints",
    "commitments",
    "runtime.address",
    "session.initiatorParticipantId",
    "session.roots",
    "session.context",
    "session.contextEnvelope",
    "execution.priority",
    "execution.requester.name",
  })
  void refusesFieldsThatNobodyKnows(String path) {
    assertThat(errors(new Body(FULL).with(path, "x").tree))
        .containsExactly("property " + path + " should not exist");
  }

  @Test
  void refusesWhatParticipantsCarriedOnce() {
    Map<String, @Nullable Object> participant = Map.of("id", "a", "role", "lead");

    assertThat(errors(new Body(FULL).with("session.participants", List.of(participant)).tree))
        .containsExactly("property session.participants.0.role should not exist");
  }

  @Test
  void takesAThousandParticipantsAndNoMore() {
    List<Map<String, String>> thousand = Collections.nCopies(1_000, Map.of("id", "a"));
    List<Map<String, String>> more = Collections.nCopies(1_001, Map.of("id", "a"));

    assertThat(new Body(FULL).with("session.participants", thousand).read().session())
        .extracting(session -> session.participants().size())
        .isEqualTo(1_000);
    assertThat(errors(new Body(FULL).with("session.participants", more).tree))
        .containsExactly("Maximum 1000 participants per session");
  }

  @ParameterizedTest
  @CsvSource({
    "runtime.version, 64",
    "session.modeName, 255",
    "execution.idempotencyKey, 255",
    "execution.requester.actorId, 255",
  })
  void takesTextsUpToTheWidthOfTheirColumn(String path, int width) {
    Body fitting = new Body(FULL).with(path, "x".repeat(width));
    Body tooLong = new Body(FULL).with(path, "x".repeat(width + 1));

    assertThat(fitting.read()).isNotNull();
    assertThat(errors(tooLong.tree))
        .containsExactly(path + " must be shorter than or equal to " + width + " characters");
  }

  @Test
  void takesAHundredTagsAndNoMore() {
    assertThat(new Body(FULL).with("execution.tags", Collections.nCopies(100, "t")).read().tags())
        .hasSize(100);
    assertThat(errors(new Body(FULL).with("execution.tags", Collections.nCopies(101, "t")).tree))
        .containsExactly("execution.tags must contain no more than 100 elements");
  }

  @Test
  void namesEveryWrongFieldAtOnce() {
    assertThat(errors(Map.of()))
        .containsExactly(
            "mode must be one of the following values: live, sandbox",
            "runtime must be an object",
            "session must be an object");
  }

  /** A body in which single fields can be replaced. */
  private static final class Body {
    private final Map<String, @Nullable Object> tree;

    Body(String json) {
      tree = tree(json);
    }

    @SuppressWarnings("unchecked")
    Body with(String path, @Nullable Object value) {
      Map<String, @Nullable Object> part = tree;
      String[] steps = path.split("\\.", -1);
      for (int i = 0; i < steps.length - 1; i++) {
        Map<String, @Nullable Object> inner =
            new LinkedHashMap<>((Map<String, @Nullable Object>) part.get(steps[i]));
        part.put(steps[i], inner);
        part = inner;
      }
      part.put(steps[steps.length - 1], value);
      return this;
    }

    RunDescriptor read() {
      return RunDescriptorTest.read(tree);
    }
  }
}
