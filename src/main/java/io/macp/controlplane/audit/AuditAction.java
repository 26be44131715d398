// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

/**
 * What callers can change, by the names of the control-plane contract, section 11, and what the
 * control plane deletes by itself.
 */
public enum AuditAction {
  RUN_CREATED("run.created", "run"),
  RUN_CLONED("run.cloned", "run"),
  RUN_CANCELLED("run.cancelled", "run"),
  RUN_SUSPENDED("run.suspended", "run"),
  RUN_RESUMED("run.resumed", "run"),
  RUN_ARCHIVED("run.archived", "run"),
  RUN_DELETED("run.deleted", "run"),
  RUN_IMPORTED("run.imported", "run"),
  MESSAGE_SENT("message.sent", "run"),
  SIGNAL_SENT("signal.sent", "run"),
  CONTEXT_UPDATED("context.updated", "run"),
  ARTIFACT_CREATED("artifact.created", "run"),
  PROJECTION_REBUILT("projection.rebuilt", "run"),
  POLICY_REGISTERED("policy.registered", "policy"),
  POLICY_UNREGISTERED("policy.unregistered", "policy"),
  WEBHOOK_CREATED("webhook.created", "webhook"),
  WEBHOOK_UPDATED("webhook.updated", "webhook"),
  WEBHOOK_DELETED("webhook.deleted", "webhook"),
  API_KEY_CREATED("api_key.created", "api_key"),
  API_KEY_REVOKED("api_key.revoked", "api_key"),
  DATA_DELETED("data.deleted", "retention"),
  CIRCUIT_BREAKER_RESET("circuit_breaker.reset", "circuit_breaker");

  private final String wireName;
  private final String resource;

  AuditAction(String wireName, String resource) {
    this.wireName = wireName;
    this.resource = resource;
  }

  /** The name in rows and filters, for example {@code run.created}. */
  public String wireName() {
    return wireName;
  }

  /** The kind of thing that it changes. */
  public String resource() {
    return resource;
  }
}
