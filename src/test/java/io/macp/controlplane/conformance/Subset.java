// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects match as subsets, lists on the given prefix, everything else exactly. */
final class Subset {
  private Subset() {}

  static void check(String path, @Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> found) {
      map.forEach(
          (key, value) -> {
            if (!String.valueOf(key).startsWith("_")) {
              check(path + "." + key, value, found.get(key));
            }
          });
    } else if (expected instanceof List<?> list && actual instanceof List<?> found) {
      assertThat(found).as(path).hasSizeGreaterThanOrEqualTo(list.size());
      for (int i = 0; i < list.size(); i++) {
        check(path + "[" + i + "]", list.get(i), found.get(i));
      }
    } else if (expected instanceof Number number && actual instanceof Number found) {
      assertThat(found.doubleValue()).as(path).isEqualTo(number.doubleValue());
    } else {
      assertThat(actual).as(path).isEqualTo(expected);
    }
  }
}
