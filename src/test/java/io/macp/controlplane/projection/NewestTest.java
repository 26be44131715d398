// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class NewestTest {
  /** What the list would be if it were copied with each change. */
  private static List<Integer> plainly(List<Integer> before, int element, int cap) {
    List<Integer> after = new ArrayList<>(before);
    after.add(element);
    return List.copyOf(after.subList(Math.max(0, after.size() - cap), after.size()));
  }

  @Test
  void holdsWhatAPlainListWouldHoldAfterAnyChanges() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int cap : List.of(1, 2, 15, 16, 17, 50, 64, 100)) {
      List<Integer> list = List.of();
      List<Integer> expected = List.of();
      for (int i = 0; i < 4 * cap + 40; i++) {
        if (!list.isEmpty() && random.nextInt(3) == 0) {
          int at = random.nextInt(list.size());
          list = Newest.replace(list, at, -i);
          List<Integer> exchanged = new ArrayList<>(expected);
          exchanged.set(at, -i);
          expected = List.copyOf(exchanged);
        } else {
          list = Newest.append(list, i, cap);
          expected = plainly(expected, i, cap);
        }

        assertThat(list).as("cap %d, change %d", cap, i).isEqualTo(expected);
      }
    }
  }

  @Test
  void leavesTheListsThatItWasMadeFrom() {
    List<List<Integer>> versions = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < 40; i++) {
      versions.add(Newest.append(versions.getLast(), i, 20));
      Newest.append(versions.getLast(), 1_000, 20);
      Newest.replace(versions.getLast(), 0, 1_000);
    }

    List<Integer> expected = List.of();
    for (int i = 0; i < 40; i++) {
      expected = plainly(expected, i, 20);
      assertThat(versions.get(i + 1)).isEqualTo(expected);
    }
  }

  @Test
  void keepsTheLastOfAnyList() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(i);
    }

    assertThat(Newest.keep(all, 60)).isEqualTo(all);
    assertThat(Newest.keep(all, 23)).isEqualTo(all.subList(37, 60));
    assertThat(Newest.keep(Newest.copyOf(all), 0)).isEmpty();
    assertThat(Newest.append(Newest.keep(all, 0), 7, 3)).containsExactly(7);
  }

  @Test
  void cannotBeChanged() {
    List<Integer> list = Newest.append(List.of(1), 2, 10);

    assertThatThrownBy(() -> list.set(0, 3)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.add(3)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(list).containsExactly(1, 2);
  }
}
