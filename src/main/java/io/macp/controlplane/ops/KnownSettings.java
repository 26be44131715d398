// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.datasource.DatabaseUrl;
import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import io.macp.controlplane.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every setting of the product, by the names of docs/configuration.md; a test keeps the two alike.
 */
final class KnownSettings {
  /** Shown as set or not, never with their value. */
  private static final Set<String> SECRET =
      Set.of(
          "RUNTIME_BEARER_TOKEN",
          "RUNTIME_AGENT_TOKENS_JSON",
          "MACP_AUTH_TOKENS_JSON",
          "MACP_AUTH_JWKS_JSON",
          "WEBHOOK_SECRET_KEY",
          "REDIS_URL");

  private static final List<String> NAMES =
      List.of(
          "APP_ENV",
          "NODE_ENV",
          "HOST",
          "PORT",
          "CORS_ORIGIN",
          "DATABASE_URL",
          "MACP_DATA_DIR",
          "DB_POOL_MAX",
          "DB_POOL_IDLE_TIMEOUT",
          "DB_POOL_CONNECTION_TIMEOUT",
          "AUTH_API_KEYS",
          "AUTH_JWT_ROLES",
          "MP_JWT_VERIFY_ISSUER",
          "MP_JWT_VERIFY_PUBLICKEY",
          "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
          "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM",
          "MP_JWT_VERIFY_AUDIENCES",
          "MP_JWT_VERIFY_CLOCK_SKEW",
          "THROTTLE_TTL_MS",
          "THROTTLE_LIMIT",
          "RUNTIME_KIND",
          "RUNTIME_ADDRESS",
          "RUNTIME_TLS",
          "RUNTIME_TLS_CA_FILE",
          "RUNTIME_ALLOW_INSECURE",
          "RUNTIME_BEARER_TOKEN",
          "RUNTIME_AGENT_TOKENS_JSON",
          "RUNTIME_USE_DEV_HEADER",
          "RUNTIME_DEV_AGENT_ID",
          "RUNTIME_REQUEST_TIMEOUT_MS",
          "RUNTIME_CIRCUIT_BREAKER_THRESHOLD",
          "RUNTIME_CIRCUIT_BREAKER_RESET_MS",
          "MACP_AUTH_SERVICE_URL",
          "MACP_AUTH_SERVICE_TIMEOUT_MS",
          "MACP_AUTH_TOKEN_TTL_SECONDS",
          "MACP_AUTH_TOKEN_SENDER",
          "MACP_AUTH_TOKEN_CAN_MANAGE_REGISTRY",
          "EMBEDDED_RUNTIME_PORT",
          "MACP_BIND_ADDR",
          "MACP_TLS_CERT_PATH",
          "MACP_TLS_KEY_PATH",
          "MACP_ALLOW_INSECURE",
          "MACP_REFLECTION",
          "MACP_MAX_STREAMS_PER_IDENTITY",
          "MACP_SHUTDOWN_DRAIN_SECS",
          "MACP_AUTH_TOKENS_JSON",
          "MACP_AUTH_TOKENS_FILE",
          "MACP_AUTH_ISSUER",
          "MACP_AUTH_AUDIENCE",
          "MACP_AUTH_JWKS_JSON",
          "MACP_AUTH_JWKS_URL",
          "MACP_AUTH_JWKS_TTL_SECS",
          "MACP_AUTH_JWT_ALGS",
          "MACP_MAX_PAYLOAD_BYTES",
          "MACP_SESSION_START_LIMIT_PER_MINUTE",
          "MACP_MESSAGE_LIMIT_PER_MINUTE",
          "MACP_MAX_CONCURRENT_STREAMS",
          "MACP_SESSION_RETENTION_SECS",
          "MACP_POLICIES_DIR",
          "MACP_DEMO_PACE",
          "MACP_DEMO_MAX_RUNS",
          "LAUNCH_MODE",
          "KICKOFF_MAX_RETRIES",
          "SESSION_POLL_BASE_MS",
          "SESSION_POLL_MAX_MS",
          "SESSION_POLL_TIMEOUT_MS",
          "SESSION_DISCOVERY_ENABLED",
          "CANCEL_CALLBACK_TIMEOUT_MS",
          "OUTBOUND_ALLOWED_HOSTS",
          "OUTBOUND_ALLOWED_PORTS",
          "WEBHOOK_TIMEOUT_MS",
          "WEBHOOK_MAX_ATTEMPTS",
          "WEBHOOK_BACKOFF_BASE_MS",
          "WEBHOOK_BACKOFF_MAX_MS",
          "WEBHOOK_SECRET_OVERLAP_MS",
          "WEBHOOK_SECRET_KEY",
          "STREAM_IDLE_TIMEOUT_MS",
          "STREAM_MAX_RETRIES",
          "STREAM_BACKOFF_BASE_MS",
          "STREAM_BACKOFF_MAX_MS",
          "STREAM_SSE_HEARTBEAT_MS",
          "STREAM_SSE_LINGER_MS",
          "STREAM_SSE_SNAPSHOT_MS",
          "STREAM_SSE_MAX_SUBSCRIBERS",
          "STREAM_HUB_STRATEGY",
          "REDIS_URL",
          "REPLAY_MAX_DELAY_MS",
          "REPLAY_BATCH_SIZE",
          "IMPORT_MAX_EVENTS",
          "RUN_RECOVERY_ENABLED",
          "INSTANCE_NAME",
          "INSTANCE_LEASE_MS",
          "DATA_RETENTION_ENABLED",
          "DATA_RETENTION_TTL_DAYS",
          "DATA_RETENTION_INTERVAL_HOURS",
          "DATA_RETENTION_BATCH_SIZE",
          "DATA_RETENTION_DELETED_SESSIONS_DAYS",
          "LOG_LEVEL",
          "LOG_FORMAT",
          "OTEL_ENABLED",
          "OTEL_SERVICE_NAME",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "MACP_MODEL_PRICES",
          "MACP_REDACT_PATTERNS",
          "SHUTDOWN_TIMEOUT_MS");

  private KnownSettings() {}

  static List<String> names() {
    return NAMES;
  }

  /** The settings that are set, one {@code NAME=value} each, without any secret. */
  static List<String> effective(Settings settings) {
    List<String> shown = new ArrayList<>();
    for (String name : NAMES) {
      settings.find(name).ifPresent(value -> shown.add(name + "=" + safe(name, value, settings)));
    }
    return shown;
  }

  /** Names that look like ours and are not: most likely a slip of the pen. */
  static List<String> strangers(Set<String> environment) {
    return environment.stream()
        .filter(name -> name.startsWith("MACP_") && !NAMES.contains(name))
        .sorted()
        .toList();
  }

  private static String safe(String name, String value, Settings settings) {
    if (name.equals("AUTH_API_KEYS")) {
      return "(" + settings.list(name).size() + " keys)";
    }
    if (name.equals("DATABASE_URL")) {
      return database(value);
    }
    return SECRET.contains(name) ? "(set)" : value;
  }

  private static String database(String value) {
    try {
      return DatabaseUrl.parse(value).toString();
    } catch (MalformedUrl e) {
      return "(malformed)";
    }
  }
}
