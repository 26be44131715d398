// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

/**
 * Who sends a request, fit for logs and audit rows: it tells callers apart and never holds key
 * material.
 *
 * @param kind {@code api-key} or {@code anonymous}
 * @param id stable for one key, also across restarts
 */
public record Caller(String kind, String id) {
  /** Whoever calls while no keys are configured, and whoever uses a public route. */
  public static final Caller ANONYMOUS = new Caller("anonymous", "anonymous");

  static Caller ofKey(String fingerprint) {
    return new Caller("api-key", "key-" + fingerprint);
  }
}
