// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static final Map<String, Object> POINT =
      Map.of(
          "type",
          "object",
          "required",
          List.of("x"),
          "properties",
          Map.of("x", TypeNotation.schema("int 0..9"), "y", TypeNotation.schema("string|null")));

  private final SchemaCheck check =
      new SchemaCheck(Map.of("components", Map.of("schemas", Map.of("Point", POINT))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":1,\"y\":null} | ''",
        "{\"y\":\"a\"}        | $ lacks x",
        "{\"x\":10}           | $.x breaks maximum 9: 10",
        "{\"x\":1.5}          | $.x is no integer: 1.5",
        "{\"x\":null}         | $.x is null",
        "{\"x\":1,\"z\":1}    | $.z is not declared",
      })
  void findsWhatIsWrong(String json, String defect) {
    List<String> defects = check.defects(TypeNotation.schema("Point"), Tree.parse(json));

    assertThat(String.join("; ", defects)).isEqualTo(defect);
  }

  @Test
  void looksIntoListsAndChoices() {
    Map<String, Object> schema = TypeNotation.schema("Point[]/string");

    assertThat(check.defects(schema, List.of(Map.of("x", 1)))).isEmpty();
    assertThat(check.defects(schema, List.of(Map.of("x", "1"))))
        .containsExactly("$ fits 0 of the choices");
  }

  @Test
  void knowsWordsAndFormats() {
    assertThat(check.defects(TypeNotation.schema("a|b"), "c"))
        .containsExactly("$ is c and not among [a, b]");
    assertThat(check.defects(TypeNotation.schema("uuid"), "4711"))
        .containsExactly("$ is no uuid: 4711");
    assertThat(check.defects(TypeNotation.schema("time"), "today"))
        .containsExactly("$ is no date-time: today");
  }

  @Test
  void refusesWordsThatItDoesNotKnow() {
    assertThat(check.defects(Map.of("pattern", "a+"), "b"))
        .containsExactly("$: the check does not know [pattern]");
  }
}
