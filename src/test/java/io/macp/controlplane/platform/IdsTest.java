// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final Ids ids = Ids.random();

  @Test
  void makesRandomOnes() {
    assertThat(ids.next().version()).isEqualTo(4);
    assertThat(ids.next()).isNotEqualTo(ids.next());
  }

  @Test
  void makesOrderedOnesThatTellTheirTime() {
    long before = System.currentTimeMillis();
    UUID id = ids.ordered();
    long after = System.currentTimeMillis();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
  }

  @Test
  void makesEachOrderedOneOnce() {
    assertThat(Stream.generate(ids::ordered).limit(100_000)).doesNotHaveDuplicates();
  }

  @Test
  void servesThoseWhoSupplyTheirOwn() {
    Ids own = () -> new UUID(1, 2);

    assertThat(own.ordered()).isEqualTo(new UUID(1, 2));
  }
}
