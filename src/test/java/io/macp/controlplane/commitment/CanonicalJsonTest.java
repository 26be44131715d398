// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785, sections 3.2.2 and 3.2.3. */
class CanonicalJsonTest {
  private static String json(String text) {
    return CanonicalJson.of(Map.of("k", text));
  }

  @Test
  void escapesWhatHasAShortForm() {
    assertThat(json("\"\\\b\t\n\f\r")).isEqualTo("{\"k\":\"\\\"\\\\\\b\\t\\n\\f\\r\"}");
  }

  @Test
  void escapesOtherControlCharactersInLowercase() {
    assertThat(json("\u0000\u0001\u000b\u001f"))
        .isEqualTo("{\"k\":\"\\u0000\\u0001\\u000b\\u001f\"}");
  }

  @Test
  void leavesEverythingElseAsItIs() {
    String text = "/<>&'\u007f\u0080\u2028\u2029\ufeff\ufffd\uffff é 😀";

    assertThat(json(text)).isEqualTo("{\"k\":\"" + text + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udfff", "a\ud83d", "\ude00\ud83d"})
  void refusesHalfASurrogatePair(String text) {
    assertThatThrownBy(() -> json(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.of(Map.of(text, "v")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesValuesThatNoCommitmentHas() {
    assertThatThrownBy(() -> CanonicalJson.of(Map.of("k", 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The example of the RFC: a pair of surrogates comes before a single unit from U+E000 on. */
  @Test
  void sortsKeysByTheirUtf16CodeUnits() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String key : List.of("\u20ac", "\r", "\ufb33", "1", "😀", "\u0080", "ö")) {
      fields.put(key, "");
    }

    assertThat(CanonicalJson.of(fields))
        .isEqualTo(
            "{\"\\r\":\"\",\"1\":\"\",\"\u0080\":\"\",\"ö\":\"\",\"\u20ac\":\"\",\"😀\":\"\","
                + "\"\ufb33\":\"\"}");
  }

  @Test
  void writesBooleansAndNestedObjects() {
    assertThat(CanonicalJson.of(Map.of("b", true, "a", Map.of("d", "", "c", false))))
        .isEqualTo("{\"a\":{\"c\":false,\"d\":\"\"},\"b\":true}");
    assertThat(CanonicalJson.of(Map.of())).isEqualTo("{}");
  }

  @Test
  void doesNotDependOnTheOrderOfTheFields() {
    Map<String, Object> fields = Hashes.hashed(Samples.full().toByteArray()).fields().tree();
    String expected = CanonicalJson.of(fields);
    List<String> names = new ArrayList<>(fields.keySet());
    for (long seed = 1; seed <= 500; seed++) {
      Collections.shuffle(names, new Random(seed));
      Map<String, Object> shuffled = new LinkedHashMap<>();
      names.forEach(name -> shuffled.put(name, fields.getOrDefault(name, "")));

      assertThat(CanonicalJson.of(shuffled)).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
