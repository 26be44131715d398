// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * On which addresses the runtime may listen (MACP contract, section 10.4): other machines must not
 * reach it without TLS unless the operator says so, and never while any token is its own identity.
 */
public final class BindRule {
  private static final Pattern LOOPBACK_IPV4 =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "::1");
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "*");

  /** What stands between a caller and the runtime. */
  public enum Guard {
    TLS,
    /** Tokens are checked; without it every token is its own identity. */
    AUTHENTICATION,
    /** The operator has allowed to do without TLS. */
    INSECURE_ALLOWED
  }

  private BindRule() {}

  /** Why the runtime must not listen there; empty when it may. The text begins with a setting. */
  public static Optional<String> refuse(String host, Set<Guard> guards) {
    if (isLoopback(host)) {
      return Optional.empty();
    }
    if (!guards.contains(Guard.AUTHENTICATION)) {
      return Optional.of(
          "MACP_BIND_ADDR is "
              + host
              + ", which other machines can reach, and no authentication is configured: anybody"
              + " could act as anybody. Configure tokens, or listen on loopback");
    }
    if (!guards.contains(Guard.TLS) && !guards.contains(Guard.INSECURE_ALLOWED)) {
      return Optional.of(
          "MACP_BIND_ADDR is "
              + host
              + ", which other machines can reach without TLS. Set MACP_TLS_CERT_PATH and"
              + " MACP_TLS_KEY_PATH, or MACP_ALLOW_INSECURE=1 to send tokens in the clear");
    }
    return Optional.empty();
  }

  /** True for addresses that only this machine can reach; names are not looked up. */
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || LOOPBACK_IPV4.matcher(name).matches();
  }

  /** Where a client on this machine reaches a server that listens there. */
  static String reachedFromHere(String host) {
    return EVERYWHERE.contains(host) ? "127.0.0.1" : host;
  }
}
