// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.util.Map;

/** What stands at some height at any moment, shown from the start as zero. */
public enum Level {
  PIPELINE_LAG(
      "macp_pipeline_lag_seconds",
      "How long the oldest change that is not committed yet has waited for the ledger."),
  PROJECTION_LAG(
      "macp_projection_lag_events",
      "How far a stored read model is behind its log, at most; readers fold the rest."),
  LEDGER_QUEUE("macp_ledger_queue_depth", "Callers that wait for a transaction of the ledger."),
  FOLLOWED_RUNS("macp_followed_runs", "Runs under way that this instance follows."),
  INBOX("macp_follower_inbox_depth", "Frames that arrived and are not handed to the ledger yet."),
  LEASES("macp_leases_owned", "Runs that this instance holds the lease of."),
  WEBHOOK_QUEUE("macp_webhook_queue_depth", "Webhook deliveries that are pending."),
  WEBHOOK_AGE("macp_webhook_queue_oldest_seconds", "Age of the oldest pending delivery."),
  RUN_SUBSCRIBERS("macp_sse_subscribers", "stream", "run", Texts.SUBSCRIBERS),
  LIST_SUBSCRIBERS("macp_sse_subscribers", "stream", "list", Texts.SUBSCRIBERS),
  POOL_IN_USE("macp_database_connections", "state", "in_use", Texts.CONNECTIONS),
  POOL_IDLE("macp_database_connections", "state", "idle", Texts.CONNECTIONS),
  POOL_WAITING(
      "macp_database_connections_waiting", "Transactions that wait for a connection of the pool."),
  POOL_MOST("macp_database_connections_limit", "Most connections that the pool may have."),
  DATABASE_UP("macp_database_up", "1 when the database answers and is migrated, 0 otherwise.");

  private final String metric;
  private final String label;
  private final String value;
  private final String description;

  Level(String metric, String description) {
    this(metric, "", "", description);
  }

  Level(String metric, String label, String value, String description) {
    this.metric = metric;
    this.label = label;
    this.value = value;
    this.description = description;
  }

  String metric() {
    return metric;
  }

  Map<String, String> labels() {
    return label.isEmpty() ? Map.of() : Map.of(label, value);
  }

  String description() {
    return description;
  }

  /** Constants of an enum cannot name its own. */
  private static final class Texts {
    static final String SUBSCRIBERS = "Subscribers of server-sent events, by what they watch.";
    static final String CONNECTIONS =
        "Connections of the pool: in use by transactions of the product, or idle.";
  }
}
