// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a run says that it may be cancelled (control-plane contract, section 3.6). */
final class Cancellation {
  private Cancellation() {}

  /** Where the agents' side wants to be told. */
  record Callback(String url, Optional<String> bearer) {}

  static Optional<Callback> callback(Map<String, @Nullable Object> metadata) {
    if (!(metadata.get("cancelCallback") instanceof Map<?, ?> callback)) {
      return Optional.empty();
    }
    Optional<String> bearer =
        callback.get("bearer") instanceof String token && !token.isEmpty()
            ? Optional.of(token)
            : Optional.empty();
    return callback.get("url") instanceof String url
        ? Optional.of(new Callback(url, bearer))
        : Optional.empty();
  }

  static boolean isDelegated(Map<String, @Nullable Object> metadata) {
    return Boolean.TRUE.equals(metadata.get("cancellationDelegated"));
  }
}
