// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import org.jspecify.annotations.Nullable;

/** Which request ids of clients we take over into our answers and logs. */
final class RequestIds {
  private RequestIds() {}

  /** Short and visible ASCII: nothing that could break a header or a log line. */
  static boolean isSane(@Nullable String id) {
    return id != null && id.matches("[\\x21-\\x7e]{1,128}");
  }
}
