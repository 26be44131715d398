// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BodyFieldsTest {
  private static final List<String> MODES = List.of("live", "sandbox");

  @Test
  void givesWhatWasSent() {
    BodyFields body =
        BodyFields.of(
            Map.of(
                "mode",
                "live",
                "tags",
                List.of("a", "b"),
                "session",
                Map.of("ttlMs", 5, "name", "", "metadata", Map.of("any", List.of(1))),
                "speed",
                0.5,
                "active",
                true));

    assertThat(body.choice("mode", MODES)).isEqualTo("live");
    assertThat(body.findTexts("tags", 10)).containsExactly("a", "b");
    assertThat(body.findNumber("speed", 0.1)).contains(0.5);
    assertThat(body.findFlag("active")).contains(true);
    BodyFields session = body.object("session");
    assertThat(session.integer("ttlMs", 1, Integer.MAX_VALUE)).isEqualTo(5);
    assertThat(session.text("name")).isEmpty();
    assertThat(session.findTree("metadata")).contains(Map.of("any", List.of(1)));
    body.check();
  }

  @Test
  void reportsEveryWrongFieldOnceWithItsPath() {
    BodyFields body =
        BodyFields.of(
            Map.of(
                "mode", "replay",
                "session", Map.of("ttlMs", 0, "modeName", " ", "metadata", "x"),
                "tags", List.of(1)));

    body.choice("mode", MODES);
    BodyFields session = body.object("session");
    session.integer("ttlMs", 1, Integer.MAX_VALUE);
    session.filledText("modeName");
    session.text("modeVersion");
    session.findTree("metadata");
    body.findTexts("tags", 10);

    assertThat(errorsOf(body))
        .containsExactly(
            "mode must be one of the following values: live, sandbox",
            "session.ttlMs must be an integer greater than 0",
            "session.modeName should not be empty",
            "session.modeVersion must be a string",
            "session.metadata must be an object",
            "tags must contain strings only");
  }

  @Test
  void refusesFieldsThatNobodyAskedForAtAnyDepth() {
    BodyFields body =
        BodyFields.of(
            Map.of(
                "session",
                Map.of("roots", List.of()),
                "kickoff",
                1,
                "list",
                List.of(Map.of("role", 1))));

    body.object("session");
    body.objects("list", 0, 5);

    assertThat(errorsOf(body))
        .containsExactlyInAnyOrder(
            "property kickoff should not exist",
            "property session.roots should not exist",
            "property list.0.role should not exist");
  }

  @Test
  void saysOnceThatAnObjectIsMissing() {
    BodyFields body = BodyFields.of(Map.of());

    BodyFields session = body.object("session");
    session.text("modeVersion");
    session.integer("ttlMs", 1, 5);
    session.object("deeper").text("name");

    assertThat(errorsOf(body)).containsExactly("session must be an object");
  }

  @Test
  void countsNullAsAbsent() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("reason", null);
    BodyFields body = BodyFields.of(fields);

    assertThat(body.findText("reason")).isEmpty();
    body.check();
  }

  @Test
  void boundsTheLengthOfArraysAndTexts() {
    BodyFields body =
        BodyFields.of(
            Map.of(
                "none", List.of(), "many", List.of(Map.of(), Map.of()), "key", "abcdef", "no", 5));

    body.objects("none", 1, 3);
    body.objects("many", 0, 1);
    body.objects("no", 0, 1);
    body.findText("key", 5);

    assertThat(errorsOf(body))
        .containsExactly(
            "none must contain at least 1 elements",
            "many must contain no more than 1 elements",
            "no must be an array",
            "key must be shorter than or equal to 5 characters");
  }

  @Test
  void namesTheItemThatIsWrong() {
    BodyFields body =
        BodyFields.of(
            Map.of("participants", Arrays.asList(Map.of("id", "a"), Map.of("id", ""), "x")));

    body.objects("participants", 1, 10).forEach(participant -> participant.filledText("id"));

    assertThat(errorsOf(body))
        .containsExactly(
            "participants.2 must be an object", "participants.1.id should not be empty");
  }

  @Test
  void takesWholeNumbersInEverySpellingOfJson() {
    BodyFields body = BodyFields.of(Map.of("a", 5.0, "b", 5.5, "c", "5", "d", 1e300));

    assertThat(body.integer("a", 1, 10)).isEqualTo(5);
    body.integer("b", 1, 10);
    body.integer("c", 1, 10);
    body.integer("d", 1, Long.MAX_VALUE);

    assertThat(errorsOf(body))
        .containsExactly(
            "b must be an integer from 1 to 10",
            "c must be an integer from 1 to 10",
            "d must be an integer greater than 0");
  }

  @Test
  void readsUuidsInTheirLongFormOnly() {
    String id = "123e4567-e89b-42d3-a456-42661417400A";
    BodyFields body =
        BodyFields.of(
            Map.of(
                "one", id, "many", List.of(id, id), "short", "1-1-1-1-1", "some", List.of(id, 7)));

    assertThat(body.uuid("one")).isEqualTo(UUID.fromString(id));
    assertThat(body.uuids("many", 1, 2)).containsExactly(UUID.fromString(id), UUID.fromString(id));
    body.uuid("short");
    body.uuid("absent");
    body.uuids("some", 3, 9);
    body.uuids("many", 1, 1);
    body.uuids("one", 1, 2);

    assertThat(errorsOf(body))
        .containsExactly(
            "short must be a UUID",
            "absent must be a UUID",
            "some must contain at least 3 elements",
            "some.1 must be a UUID",
            "many must contain no more than 1 elements",
            "one must be an array");
  }

  @Test
  void refusesABodyThatIsNoObject() {
    assertThat(errorsOf(BodyFields.of(List.of(1)))).containsExactly("body must be an object");
    assertThat(errorsOf(BodyFields.of(null))).containsExactly("body must be an object");
  }

  @Test
  void takesOverWhatTheCallerFound() {
    BodyFields body = BodyFields.of(Map.of());

    body.reject("Maximum 1000 participants per session");

    assertThat(errorsOf(body)).containsExactly("Maximum 1000 participants per session");
  }

  private static List<String> errorsOf(BodyFields body) {
    return catchThrowableOfType(Problem.ProblemException.class, body::check)
        .problem()
        .fieldErrors();
  }
}
