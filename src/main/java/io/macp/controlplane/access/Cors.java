// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which headers let pages of other origins read our answers (control-plane contract, section 1.1).
 *
 * @param origins configured origins, or {@code *}
 */
record Cors(List<String> origins) {
  private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";

  Cors {
    origins = List.copyOf(origins);
  }

  /** Headers of every answer. */
  Map<String, String> headers(@Nullable String origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    if (origins.contains("*")) {
      // Without credentials: any page could otherwise act with what the browser holds for us.
      headers.put("Access-Control-Allow-Origin", "*");
      return headers;
    }
    // One configured origin is named to everybody; the browser does the comparing.
    boolean listed = origin != null && origins.contains(origin);
    headers.put("Access-Control-Allow-Origin", listed ? origin : origins.getFirst());
    headers.put("Access-Control-Allow-Credentials", "true");
    return headers;
  }

  /** Further headers of the answer to a preflight. */
  Map<String, String> preflightHeaders(@Nullable String requestedHeaders) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Methods", METHODS);
    if (requestedHeaders != null && requestedHeaders.matches("[A-Za-z0-9_, \\-]{1,1024}")) {
      headers.put("Access-Control-Allow-Headers", requestedHeaders);
    }
    return headers;
  }
}
