// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Answer(
      UUID id,
      Instant at,
      Optional<String> present,
      Optional<String> gone,
      @Nullable String none) {}

  @Test
  void writesRecordsAsTheContractSpellsValues() {
    Answer answer =
        new Answer(
            new UUID(0, 7),
            Instant.parse("2026-01-02T03:04:05.987654Z"),
            Optional.of("x"),
            Optional.empty(),
            null);

    assertThat(Json.write(List.of(answer)))
        .isEqualTo(
            "[{\"id\":\"00000000-0000-0000-0000-000000000007\","
                + "\"at\":\"2026-01-02T03:04:05.987Z\",\"present\":\"x\",\"none\":null}]");
  }

  @Test
  void writesWholeSecondsWithMilliseconds() {
    assertThat(Json.write(List.of(Instant.EPOCH))).isEqualTo("[\"1970-01-01T00:00:00.000Z\"]");
  }

  @Test
  void writesTextBeyondTheBasicPlaneAsItIs() {
    assertThat(new String(Json.writeBytes("\ud83d\ude00"), UTF_8)).isEqualTo("\"\ud83d\ude00\"");
  }

  @Test
  void writesStoredTextAsItStandsAndReadsItOnDemand() {
    Json.Stored stored = Json.stored("{\"b\": 1.50, \"a\": [{\"c\": \"\ud83d\ude00\"}]}");

    assertThat(new String(Json.writeBytes(List.of(stored)), UTF_8))
        .isEqualTo("[{\"b\": 1.50, \"a\": [{\"c\": \"\ud83d\ude00\"}]}]");
    assertThat(stored)
        .containsEntry("b", 1.5)
        .isEqualTo(Map.of("b", 1.5, "a", List.of(Map.of("c", "\ud83d\ude00"))));
  }

  @Test
  void givesStoredTextItsFinalFormWhenItIsRead() {
    assertThat(Json.stored("{\"a\": 1}", tree -> Map.of("b", tree.size())))
        .isEqualTo(Map.of("b", 1));
  }

  @Test
  void findsAFieldOfStoredTextHoweverDeep() {
    Json.Stored stored = Json.stored("{\"a\": [{\"bearer\": \"x\"}]}");

    assertThat(stored.mayHold("bearer")).isTrue();
    assertThat(stored.mayHold("other")).isFalse();
  }

  @Test
  void keepsStoredObjectsAsTheyAre() {
    Json.Stored stored = Json.stored("{\"a\": 1}");

    assertThatThrownBy(() -> stored.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> stored.entrySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
