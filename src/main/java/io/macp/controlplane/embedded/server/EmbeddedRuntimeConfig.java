// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.transport.BindRule;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the embedded runtime is set up. Its text form holds no secret.
 *
 * @param transport where it listens and how it treats whoever connects
 * @param observerToken bearer token of the control plane's own observer identity
 * @param auth which credentials of agents are taken
 * @param limits bounds on what one peer may cost
 * @param retention how long the history of an ended session stays readable
 * @param fixedPolicies the policies of files, instead of what is registered; the registry is then
 *     read-only
 */
public record EmbeddedRuntimeConfig(
    TransportConfig transport,
    String observerToken,
    AuthConfig auth,
    Limits limits,
    Duration retention,
    Optional<List<PolicyDescriptor>> fixedPolicies) {
  private static final int SEVEN_DAYS_SECS = 604_800;

  /** Refuses an address that other machines can reach, and an observer without a token. */
  public EmbeddedRuntimeConfig {
    BindRule.refuse(transport.host(), guards(transport, auth))
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    if (observerToken.isBlank()) {
      throw new IllegalArgumentException("the observer needs a token");
    }
    fixedPolicies = fixedPolicies.map(List::copyOf);
  }

  /** With a registry that clients may change. */
  public EmbeddedRuntimeConfig(
      TransportConfig transport,
      String observerToken,
      AuthConfig auth,
      Limits limits,
      Duration retention) {
    this(transport, observerToken, auth, limits, retention, Optional.empty());
  }

  /** The same with these policies and no others. */
  EmbeddedRuntimeConfig withFixedPolicies(List<PolicyDescriptor> policies) {
    return new EmbeddedRuntimeConfig(
        transport, observerToken, auth, limits, retention, Optional.of(policies));
  }

  private static Set<BindRule.Guard> guards(TransportConfig transport, AuthConfig auth) {
    Set<BindRule.Guard> guards = EnumSet.noneOf(BindRule.Guard.class);
    if (transport.tls().isPresent()) {
      guards.add(BindRule.Guard.TLS);
    }
    if (!auth.isDevMode()) {
      guards.add(BindRule.Guard.AUTHENTICATION);
    }
    if (transport.options().contains(TransportConfig.Option.INSECURE)) {
      guards.add(BindRule.Guard.INSECURE_ALLOWED);
    }
    return guards;
  }

  /**
   * What one peer may cost.
   *
   * @param maxPayloadBytes largest payload of an envelope
   * @param startsPerMinute SessionStarts of one sender within any 60 seconds
   * @param messagesPerMinute other messages of one sender within any 60 seconds
   * @param maxConcurrentStreams calls at a time on one connection
   */
  public record Limits(
      int maxPayloadBytes, int startsPerMinute, int messagesPerMinute, int maxConcurrentStreams) {
    /** Room for demos and conformance runs from a single machine. */
    public static Limits defaults() {
      return new Limits(1_048_576, 600, 6_000, 1_024);
    }
  }

  /** Reads the settings; a wrong one fails with its name. */
  public static EmbeddedRuntimeConfig read(Settings settings, String observerToken) {
    Limits usual = Limits.defaults();
    int most = Integer.MAX_VALUE;
    Limits limits =
        new Limits(
            settings.integer("MACP_MAX_PAYLOAD_BYTES", usual.maxPayloadBytes(), 1, 67_108_864),
            settings.integer(
                "MACP_SESSION_START_LIMIT_PER_MINUTE", usual.startsPerMinute(), 1, most),
            settings.integer("MACP_MESSAGE_LIMIT_PER_MINUTE", usual.messagesPerMinute(), 1, most),
            settings.integer("MACP_MAX_CONCURRENT_STREAMS", usual.maxConcurrentStreams(), 1, most));
    int retention = settings.integer("MACP_SESSION_RETENTION_SECS", SEVEN_DAYS_SECS, 0, most);
    AuthConfig auth = AuthConfig.read(settings);
    TransportConfig transport = TransportConfig.read(settings);
    BindRule.refuse(transport.host(), guards(transport, auth))
        .ifPresent(EmbeddedRuntimeConfig::refuse);
    return new EmbeddedRuntimeConfig(
        transport,
        observerToken,
        auth,
        limits,
        Duration.ofSeconds(retention),
        PolicyFiles.read(settings, BuiltInModes.catalog()));
  }

  /** Reads the settings only to say what is wrong with them. */
  public static void check(Settings settings) {
    read(settings, "token of the check");
  }

  private static void refuse(String problem) {
    int name = problem.indexOf(' ');
    throw new InvalidSetting(problem.substring(0, name), problem.substring(name + 1));
  }

  @Override
  public String toString() {
    return "EmbeddedRuntimeConfig[transport=%s, auth=%s, limits=%s, retention=%s]"
        .formatted(transport, auth, limits, retention);
  }
}
