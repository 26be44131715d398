// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static io.macp.controlplane.platform.Settings.Switch.OFF;

import io.macp.controlplane.access.AccessConfig;
import io.macp.controlplane.cluster.MembershipConfig;
import io.macp.controlplane.embedded.server.EmbeddedRuntimeConfig;
import io.macp.controlplane.initiator.InitiatorConfig;
import io.macp.controlplane.ledger.RecordingConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.outbound.OutboundConfig;
import io.macp.controlplane.retention.RetentionConfig;
import io.macp.controlplane.runtime.credential.CredentialConfig;
import io.macp.controlplane.runtime.credential.SpeakerConfig;
import io.macp.controlplane.webhook.WebhookConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What settings must look like before the product starts (control-plane contract, section 15).
 * Reads the given settings, and the files that they name.
 */
final class StartupRules {
  private final Settings settings;
  private final List<String> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private StartupRules(Settings settings) {
    this.settings = settings;
  }

  /**
   * What was found.
   *
   * @param failures reasons not to start, each naming its setting
   * @param warnings what an operator should know
   */
  record Verdict(List<String> failures, List<String> warnings) {}

  /**
   * @param environment names of the variables of the process
   */
  static Verdict check(Settings settings, Set<String> environment) {
    StartupRules rules = new StartupRules(settings);
    rules.checkValues();
    if (rules.failures.isEmpty()) {
      rules.checkListening();
      rules.checkRuntime();
      if (!rules.development()) {
        rules.checkProduction();
      }
    }
    KnownSettings.strangers(environment)
        .forEach(name -> rules.warnings.add(name + " is not a setting of the control plane"));
    return new Verdict(List.copyOf(rules.failures), List.copyOf(rules.warnings));
  }

  private boolean development() {
    return environmentName().orElse("development").equals("development");
  }

  private Optional<String> environmentName() {
    return settings.find("APP_ENV").or(() -> settings.find("NODE_ENV"));
  }

  /** Reads what this package uses, so that a wrong value is said now and not at first use. */
  private void checkValues() {
    check(() -> settings.integer("PORT", 3001, 1, 65_535));
    check(() -> poolMax(settings));
    check(() -> settings.millis("DB_POOL_IDLE_TIMEOUT", 30_000, 0));
    check(() -> settings.millis("DB_POOL_CONNECTION_TIMEOUT", 5_000, 1));
    check(() -> settings.millis(Shutdown.TIMEOUT, Shutdown.DEFAULT_TIMEOUT_MILLIS, 1_000));
    check(() -> RetentionConfig.read(settings));
    check(() -> settings.millis("RUNTIME_REQUEST_TIMEOUT_MS", 30_000, 1));
    check(() -> ConsoleLog.level(settings));
    check(() -> ConsoleLog.form(settings));
    check(() -> AccessConfig.of(settings));
    check(() -> OutboundConfig.read(settings));
    check(() -> WebhookConfig.read(settings));
    check(() -> RecordingConfig.check(settings));
    check(() -> InitiatorConfig.read(settings));
    check(() -> MembershipConfig.read(settings));
    for (String flag :
        List.of(
            "RUNTIME_TLS", "RUNTIME_ALLOW_INSECURE", "RUNTIME_USE_DEV_HEADER", "OTEL_ENABLED")) {
      check(() -> settings.flag(flag, OFF));
    }
  }

  private void check(Runnable reading) {
    try {
      reading.run();
    } catch (InvalidSetting e) {
      String failure = String.valueOf(e.getMessage());
      if (!failures.contains(failure)) {
        failures.add(failure);
      }
    }
  }

  private void checkListening() {
    String host = settings.text("HOST", "127.0.0.1");
    if (!loopback(host) && isOpen()) {
      failures.add(
          "HOST is "
              + host
              + " and AUTH_API_KEYS is empty: everyone who reaches that address could read and"
              + " change everything. Set AUTH_API_KEYS, or leave HOST at 127.0.0.1");
    }
  }

  /** Stored keys do not count: they may be revoked, and are not known yet. */
  private boolean isOpen() {
    return settings.list("AUTH_API_KEYS").isEmpty()
        && settings.find("MP_JWT_VERIFY_ISSUER").isEmpty();
  }

  private static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || name.equals("::1")
        || name.equals("[::1]");
  }

  private void checkRuntime() {
    if (InitiatorConfig.read(settings).isOn()) {
      warnings.add("LAUNCH_MODE is initiator: the control plane opens sessions and speaks");
      check(() -> SpeakerConfig.from(settings, CredentialConfig.NONE));
    }
    if (settings.find("RUNTIME_ADDRESS").isPresent()
        && settings.find("RUNTIME_BEARER_TOKEN").isEmpty()
        && settings.find("MACP_AUTH_SERVICE_URL").isEmpty()) {
      warnings.add("RUNTIME_BEARER_TOKEN is not set: the runtime may refuse to be observed");
    }
    if (settings.find("RUNTIME_ADDRESS").isEmpty()) {
      check(() -> EmbeddedRuntimeConfig.check(settings));
    }
    if (settings.millis("RUNTIME_REQUEST_TIMEOUT_MS", 30_000, 1).toMillis() < 5_000) {
      warnings.add("RUNTIME_REQUEST_TIMEOUT_MS is below 5000: slow answers count as failures");
    }
    if (settings.flag("OTEL_ENABLED", OFF)
        && settings.find("OTEL_EXPORTER_OTLP_ENDPOINT").isEmpty()) {
      warnings.add("OTEL_ENABLED is on but OTEL_EXPORTER_OTLP_ENDPOINT is not set");
    }
  }

  private void checkProduction() {
    failIf(isOpen(), "AUTH_API_KEYS must be set outside development");
    failIf(
        settings.find("RUNTIME_ADDRESS").isPresent()
            && !settings.flag("RUNTIME_TLS", OFF)
            && !settings.flag("RUNTIME_ALLOW_INSECURE", OFF),
        "RUNTIME_TLS must be on outside development, unless RUNTIME_ALLOW_INSECURE is on");
    failIf(
        settings.flag("RUNTIME_USE_DEV_HEADER", OFF)
            && settings.find("RUNTIME_BEARER_TOKEN").isEmpty(),
        "RUNTIME_USE_DEV_HEADER is on without RUNTIME_BEARER_TOKEN outside development");
    failIf(
        settings.flag("DATA_RETENTION_ENABLED", OFF)
            && settings.integer("DATA_RETENTION_TTL_DAYS", 30, Integer.MIN_VALUE, 100_000) < 1,
        "DATA_RETENTION_TTL_DAYS must be at least 1 while DATA_RETENTION_ENABLED is on");
    failIf(poolMax(settings) < 2, "DB_POOL_MAX must be at least 2 outside development");
    if (settings.text("STREAM_HUB_STRATEGY", "memory").equals("redis")) {
      warnings.add("STREAM_HUB_STRATEGY is redis: instances wake each other by the database alone");
    }
  }

  private void failIf(boolean broken, String message) {
    if (broken) {
      failures.add(message);
    }
  }

  /** How many connections the pool may have. */
  static int poolMax(Settings settings) {
    return settings.integer("DB_POOL_MAX", 20, 1, 10_000);
  }
}
