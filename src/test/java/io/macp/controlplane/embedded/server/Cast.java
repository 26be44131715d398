// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.identity.Issuer;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.AdjustableClock;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A runtime that knows the same identities twice, by static and by signed tokens. Senders are named
 * {@code <role>-<kind>}.
 */
final class Cast implements AutoCloseable {
  /** How an identity is proven. */
  enum Kind {
    STATIC,
    SIGNED;

    String sender(String role) {
      return role + "-" + name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Map<String, Map<String, Object>> ROLES =
      Map.ofEntries(
          Map.entry("plain", Map.of()),
          Map.entry("partner", Map.of()),
          Map.entry("stranger", Map.of()),
          Map.entry("bounded", Map.of("max_open_sessions", 2)),
          Map.entry("watcher", Map.of("is_observer", true, "can_start_sessions", false)),
          Map.entry("registrar", Map.of("can_manage_mode_registry", true)),
          Map.entry("elsewhere", Map.of("allowed_modes", List.of("macp.mode.other.v1"))),
          Map.entry("decider", Map.of("allowed_modes", List.of(Agent.MODE))),
          Map.entry("signaller", Map.of("allowed_modes", List.of(""))),
          Map.entry("emptied", Map.of("allowed_modes", List.of())));

  final AdjustableClock clock = new AdjustableClock();
  private final Issuer issuer = Issuer.ec("cast");
  private final EmbeddedRuntime runtime;

  private Cast(EmbeddedRuntimeConfig.Limits limits) throws SQLException, IOException {
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            TransportConfig.loopback(0),
            Runtimes.OBSERVER_TOKEN,
            new AuthConfig(
                Optional.of(Issuer.inline(issuer)), new AuthConfig.Tokens.Inline(staticTokens())),
            limits,
            Duration.ofDays(7));
    runtime = EmbeddedRuntime.start(config, Database.fresh(), clock, Ids.random());
  }

  static Cast with(EmbeddedRuntimeConfig.Limits limits) throws SQLException, IOException {
    return new Cast(limits);
  }

  private static String staticTokens() {
    List<Map<String, Object>> list = new ArrayList<>();
    ROLES.forEach(
        (role, flags) -> {
          Map<String, Object> entry = new LinkedHashMap<>(flags);
          entry.put("token", "token-of-" + role);
          entry.put("sender", Kind.STATIC.sender(role));
          list.add(entry);
        });
    return Json.write(list);
  }

  int port() {
    return runtime.port();
  }

  Agent agent(Kind kind, String role) {
    return Agent.withToken(port(), kind.sender(role), token(kind, role));
  }

  String token(Kind kind, String role) {
    return switch (kind) {
      case STATIC -> "token-of-" + role;
      case SIGNED ->
          signed(kind.sender(role), ROLES.getOrDefault(role, Map.of()), Duration.ofHours(1));
    };
  }

  /** A signed token that holds for the given time. */
  String signed(String sender, Map<String, Object> scopes, Duration life) {
    Map<String, Object> claims = Issuer.claims(sender, clock.instant().plus(life));
    claims.put("macp_scopes", scopes);
    return issuer.sign(claims);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
