// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.Locale;
import java.util.Optional;

/** Constants by the lower-case names under which they are shown. */
final class Names {
  private Names() {}

  /** The constant of a name; empty for a name that is not ours. */
  static <E extends Enum<E>> Optional<E> find(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
