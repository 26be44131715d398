// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredTextTest {
  private static final String NUL = "\u0000";
  private static final String REPLACED = "\uFFFD";

  @Test
  void leavesFittingTextAsItIs() {
    assertThat(StoredText.fit("", 3)).isEmpty();
    assertThat(StoredText.fit("abc", 3)).isEqualTo("abc");
  }

  @Test
  void replacesWhatNoColumnHolds() {
    assertThat(StoredText.fit(NUL + "a" + NUL, 3)).isEqualTo(REPLACED + "a" + REPLACED);
  }

  @Test
  void cutsToTheWidthOfTheColumn() {
    assertThat(StoredText.fit("abcd", 3)).isEqualTo("abc");
    assertThat(StoredText.fit("abcd", 0)).isEmpty();
  }

  @Test
  void countsCharactersAsTheDatabaseDoesAndHalvesNone() {
    assertThat(StoredText.fit("😀😀😀", 3)).isEqualTo("😀😀😀");
    assertThat(StoredText.fit("😀😀😀", 2)).isEqualTo("😀😀");
    assertThat(StoredText.fit("a😀b", 2)).isEqualTo("a😀");
  }

  @Test
  void writesTreesAsTheyAre() {
    assertThat(StoredText.json(Map.of("a", List.of(1, "x\ny\\"))))
        .isEqualTo("{\"a\":[1,\"x\\ny\\\\\"]}");
    assertThat(StoredText.json(null)).isEqualTo("null");
  }

  @Test
  void replacesWhatNoJsonColumnHolds() {
    assertThat(StoredText.json(Map.of("k" + NUL, "a" + NUL + "b")))
        .isEqualTo("{\"k" + REPLACED + "\":\"a" + REPLACED + "b\"}");
  }

  @Test
  void keepsTextThatOnlyLooksLikeAnEscape() throws Exception {
    Map<String, String> tree = Map.of("a", "\\u0000");
    Map<String, String> both = Map.of("a", "\\" + NUL + "\\u0000\"" + NUL + "\\");

    assertThat(StoredText.json(tree)).isEqualTo("{\"a\":\"\\\\u0000\"}");
    assertThat(Json.readObject(StoredText.json(both)))
        .isEqualTo(Map.of("a", "\\" + REPLACED + "\\u0000\"" + REPLACED + "\\"));
  }

  @Test
  void keepsShortKeysReadable() {
    assertThat(StoredText.key("")).isEmpty();
    assertThat(StoredText.key("session:m-1")).isEqualTo("session:m-1");
    assertThat(StoredText.key("x".repeat(255))).isEqualTo("x".repeat(255));
  }

  @Test
  void tellsLongKeysApartByTheirDigest() {
    String first = StoredText.key("x".repeat(256));
    String second = StoredText.key("x".repeat(255) + "y");

    assertThat(first).matches("sha256:[0-9a-f]{64}").isEqualTo(StoredText.key("x".repeat(256)));
    assertThat(second).matches("sha256:[0-9a-f]{64}").isNotEqualTo(first);
  }

  @Test
  void tellsKeysApartThatDifferInWhatNoColumnHolds() {
    assertThat(StoredText.key("m" + NUL))
        .matches("sha256:[0-9a-f]{64}")
        .isNotEqualTo(StoredText.key("m" + REPLACED));
  }
}
