// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Payload SAMPLE =
      JsonText.payload(
          """
          {'text': 'a', 'blank': '', 'number': 1.5, 'whole': 7, 'negative': -3, 'flag': true,
           'none': null, 'object': {'inner': 'b'}, 'list': ['x', '', 1, null, {'id': 'y'}]}
          """);

  @Test
  void answersValuesOfTheAskedKind() {
    assertThat(SAMPLE.text("text")).contains("a");
    assertThat(SAMPLE.number("number")).contains(1.5);
    assertThat(SAMPLE.number("whole")).contains(7.0);
    assertThat(SAMPLE.flag("flag")).contains(true);
    assertThat(SAMPLE.object("object")).contains(JsonText.payload("{'inner': 'b'}"));
    assertThat(SAMPLE.texts("list")).containsExactly("x");
    assertThat(SAMPLE.objects("list")).containsExactly(JsonText.payload("{'id': 'y'}"));
  }

  @Test
  void answersNothingForValuesOfAnotherKind() {
    for (String key : List.of("missing", "none", "list")) {
      assertThat(SAMPLE.text(key)).isEmpty();
      assertThat(SAMPLE.number(key)).isEmpty();
      assertThat(SAMPLE.flag(key)).isEmpty();
      assertThat(SAMPLE.object(key)).isEmpty();
    }
    assertThat(SAMPLE.text("blank")).isEmpty();
    assertThat(SAMPLE.texts("text")).isEmpty();
    assertThat(SAMPLE.objects("text")).isEmpty();
  }

  @Test
  void answersNothingForNumbersWithoutAValue() {
    Payload payload = Payload.of(Map.of("nan", Double.NaN, "endless", Double.POSITIVE_INFINITY));

    assertThat(payload.number("nan")).isEmpty();
    assertThat(payload).isEqualTo(JsonText.payload("{'nan': null, 'endless': null}"));
    assertThat(Payload.of(Map.of("huge", BigInteger.TEN.pow(400))).number("huge")).isEmpty();
  }

  @Test
  void countsFromZeroUpwards() {
    assertThat(SAMPLE.count("whole")).isEqualTo(7);
    assertThat(SAMPLE.count("number")).isEqualTo(1);
    assertThat(SAMPLE.count("negative")).isZero();
    assertThat(SAMPLE.count("missing")).isZero();
  }

  @Test
  void tellsNullFromAbsent() {
    assertThat(SAMPLE.has("none")).isTrue();
    assertThat(SAMPLE.has("missing")).isFalse();
  }

  @Test
  void keepsTheOrderOfFewFieldsAndOfMany() {
    for (int count : new int[] {0, 1, 7, 15, 16, 17, 18, 40}) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      Payload.Builder builder = Payload.builder();
      Payload grown = Payload.EMPTY;
      for (int i = 0; i < count; i++) {
        String key = "field-" + i * 7 % 41;
        tree.put(key, (long) i);
        builder.put(key, i);
        grown = grown.with(key, i);
      }

      for (Payload payload : List.of(Payload.of(tree), builder.build(), grown)) {
        assertThat(payload.asMap()).isEqualTo(tree).hasSameHashCodeAs(tree);
        assertThat(List.copyOf(payload.asMap().keySet())).isEqualTo(List.copyOf(tree.keySet()));
        assertThat(payload.asMap().values()).containsExactlyElementsOf(tree.values());
        tree.forEach((key, value) -> assertThat(payload.asMap().get(key)).isEqualTo(value));
        assertThat(payload.has("none")).isFalse();
        assertThat(payload.asMap().get("none")).isNull();
      }
    }
  }

  @Test
  void setsAFieldAgainWhereItStands() {
    for (int count : new int[] {3, 16, 17, 20}) {
      Payload.Builder builder = Payload.builder();
      for (int i = 0; i < count; i++) {
        builder.put("field-" + i, i);
      }
      Payload before = builder.build();
      Payload after = before.with("field-1", "other");
      builder.putAll(Payload.builder().put("field-2", "late").build());

      assertThat(after.asMap().keySet()).containsExactlyElementsOf(before.asMap().keySet());
      assertThat(after.text("field-1")).contains("other");
      assertThat(builder.build().text("field-2")).contains("late");
      assertThat(before.count("field-1")).isEqualTo(1);
      assertThat(before.count("field-2")).isEqualTo(2);
    }
  }

  @Test
  void copiesTheTree() {
    List<String> list = new ArrayList<>(List.of("a"));
    Map<String, @Nullable Object> tree = new HashMap<>();
    tree.put("list", list);
    Payload payload = Payload.of(tree);

    list.add("b");
    tree.put("more", 1);

    assertThat(payload).isEqualTo(JsonText.payload("{'list': ['a']}"));
  }

  @Test
  void keepsNumbersInOneForm() {
    Map<String, Object> numbers =
        Map.of(
            "int",
            1,
            "big",
            BigInteger.TWO,
            "whole",
            3.0,
            "zero",
            -0.0,
            "decimal",
            new BigDecimal("0.5"),
            "huge",
            1e300,
            "bigger",
            BigInteger.TEN.pow(30));

    assertThat(Payload.of(numbers).asMap())
        .isEqualTo(
            Map.of(
                "int", 1L,
                "big", 2L,
                "whole", 3L,
                "zero", 0L,
                "decimal", 0.5,
                "huge", 1e300,
                "bigger", BigInteger.TEN.pow(30)));
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> Payload.of(Map.of("key", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Payload.of(Map.of("key", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replacesWhatNoStoreCanHold() {
    Payload payload = Payload.of(Map.of("a\u0000", "x\u0000y\ud83dz😀"));

    assertThat(payload.asMap()).isEqualTo(Map.of("a\uFFFD", "x\uFFFDy\uFFFDz😀"));
  }

  @Test
  void buildsWithoutAbsentFields() {
    Payload payload =
        Payload.builder()
            .put("a", "x")
            .put("b", (Object) null)
            .put("c", Optional.empty())
            .put("d", Optional.of(JsonText.payload("{'e': 1}")))
            .putAll(JsonText.payload("{'f': null}"))
            .build();

    assertThat(payload).isEqualTo(JsonText.payload("{'a': 'x', 'd': {'e': 1}, 'f': null}"));
    assertThat(Payload.builder().build()).isSameAs(Payload.EMPTY);
    assertThat(Payload.of(Map.of())).isSameAs(Payload.EMPTY);
  }

  @Test
  void setsOneField() {
    assertThat(JsonText.payload("{'a': 1}").with("b", null).with("a", 2))
        .isEqualTo(JsonText.payload("{'a': 2, 'b': null}"));
  }

  @Test
  void equalsByContent() {
    Payload one = JsonText.payload("{'a': 1}");

    assertThat(one).isEqualTo(JsonText.payload("{'a': 1}")).isNotEqualTo(Payload.EMPTY);
    assertThat((Object) one).isNotEqualTo("a=1");
    assertThat(one).hasSameHashCodeAs(JsonText.payload("{'a': 1}")).hasToString("{a=1}");
  }
}
