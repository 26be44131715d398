// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.platform.Json;
import io.macp.v1.MACPError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime did not accept.
 *
 * @param what the message type, for a commitment with its action
 * @param code code of the runtime
 * @param message the runtime's words
 * @param reasons the reasons of a policy; empty for other refusals
 */
record Refusal(String what, String code, String message, List<String> reasons) {
  static Refusal of(String what, MACPError error) {
    return new Refusal(
        what, error.getCode(), error.getMessage(), reasons(error.getDetails().toByteArray()));
  }

  private static List<String> reasons(byte[] details) {
    try {
      return details.length > 0
              && Json.read(details) instanceof Map<?, ?> tree
              && tree.get("reasons") instanceof List<?> reasons
          ? reasons.stream().map(String::valueOf).toList()
          : List.of();
    } catch (Json.MalformedJson e) {
      return List.of();
    }
  }

  /** For a signal, so that others can see it. */
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("refused", what);
    tree.put("code", code);
    tree.put("reasons", reasons);
    return tree;
  }
}
