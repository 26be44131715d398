// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrowingCollectionsTest {
  @Test
  void behavesLikeAMapWhateverIsPutIn() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Integer> expected = new HashMap<>();
    GrowingMap<Integer> map = GrowingMap.empty();

    for (int i = 0; i < 20_000; i++) {
      String key = "key-" + random.nextInt(5_000);
      expected.put(key, i);
      map = map.with(key, i);
    }

    assertThat(map.toMap()).isEqualTo(expected);
    assertThat(map.size()).isEqualTo(expected.size());
    assertThat(map.find("key-none")).isEmpty();
  }

  @Test
  void keepsKeysOfEqualHashApart() {
    assertThat("AaAa".hashCode()).isEqualTo("BBBB".hashCode());

    GrowingMap<Integer> map =
        GrowingMap.<Integer>empty()
            .with("AaAa", 1)
            .with("BBBB", 2)
            .with("AaBB", 3)
            .with("other", 4);

    assertThat(map.with("BBBB", 5).toMap())
        .isEqualTo(Map.of("AaAa", 1, "BBBB", 5, "AaBB", 3, "other", 4));
    assertThat(map.find("BBBB")).contains(2);
    assertThat(map.find("BBAa")).isEmpty();
  }

  @Test
  void leavesTheSmallerMapAsItWas() {
    GrowingMap<Integer> small = GrowingMap.<Integer>empty().with("a", 1);

    GrowingMap<Integer> large = small.with("b", 2).with("a", 3);

    assertThat(small.toMap()).isEqualTo(Map.of("a", 1));
    assertThat(large.toMap()).isEqualTo(Map.of("a", 3, "b", 2));
  }

  @Test
  void comparesMapsByContent() {
    GrowingMap<Integer> one = GrowingMap.<Integer>empty().with("a", 1).with("b", 2);
    GrowingMap<Integer> other = GrowingMap.<Integer>empty().with("b", 2).with("a", 1);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString("{a=1, b=2}");
    assertThat(one).isNotEqualTo(other.with("a", 2));
  }

  @Test
  void behavesLikeAListThatGrowsAtItsEnd() {
    List<Integer> expected = new ArrayList<>();
    GrowingList<Integer> list = GrowingList.empty();
    for (int i = 0; i < 10_000; i++) {
      expected.add(i);
      list = list.plus(i);
    }

    assertThat(list.toList()).isEqualTo(expected);
    assertThat(list.size()).isEqualTo(10_000);
  }

  @Test
  void comparesListsByContent() {
    GrowingList<Integer> one = GrowingList.<Integer>empty().plus(1).plus(2);

    assertThat(one)
        .isEqualTo(GrowingList.<Integer>empty().plus(1).plus(2))
        .isNotEqualTo(GrowingList.<Integer>empty().plus(2).plus(1))
        .hasToString("[1, 2]");
  }
}
