// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept} headers. */
final class Accept {
  private Accept() {}

  /** Whether the header lists exactly this media type (no wildcard) with a quality above zero. */
  static boolean names(@Nullable String header, String mediaType) {
    if (header == null) {
      return false;
    }
    for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = item.split(";", -1);
      if (parts[0].trim().equals(mediaType)) {
        return !refused(parts);
      }
    }
    return false;
  }

  private static boolean refused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].trim().matches("q\\s*=\\s*0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }
}
