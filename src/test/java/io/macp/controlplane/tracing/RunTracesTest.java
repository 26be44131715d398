// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTracesTest {
  @Test
  void givesARunTheSameSpanAlwaysAndEachItsOwn() {
    UUID run = UUID.fromString("0198f0d2-2f1c-7a3e-8c54-3f0a6d1e9b77");

    assertThat(RunTraces.spanId(run)).isEqualTo(RunTraces.spanId(run)).matches("[0-9a-f]{16}");
    Set<String> ids =
        LongStream.range(0, 10_000)
            .mapToObj(i -> RunTraces.spanId(new UUID(0x0198f0d22f1c7000L + i, 1L << 63)))
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(10_000);
  }

  @Test
  void givesNoRunTheSpanThatIsNone() {
    assertThat(RunTraces.spanId(new UUID(0, 0))).isEqualTo("0000000000000001");
  }
}
