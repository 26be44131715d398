// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.List;
import java.util.stream.Stream;

/** The rows of everything that is no run and no subscription (sections 3.12, 10, 11 and 12). */
final class SurroundingRows {
  private static final String JSON = "application/json";
  private static final String INVALID = "VALIDATION_ERROR";
  private static final String WRONG_POLICY = "INVALID_POLICY_DEFINITION";

  static final List<EndpointRow> ALL =
      Stream.of(
              runtime(),
              policies(),
              registration(),
              simulation(),
              dashboard(),
              administration(),
              operations(),
              keys(),
              probes())
          .flatMap(List::stream)
          .toList();

  private SurroundingRows() {}

  private static List<EndpointRow> runtime() {
    return List.of(
        EndpointRow.of("GET /runtime/manifest")
            .answers(200, "/runtime/manifest", "", "agentId", "supportedModes", "metadata"),
        EndpointRow.of("GET /runtime/modes")
            .answers(200, "/runtime/modes", "", "mode", "modeVersion", "messageTypes"),
        EndpointRow.of("GET /runtime/roots").answersText(200, "/runtime/roots", "", JSON, "[]"),
        EndpointRow.of("GET /runtime/health")
            .answers(200, "/runtime/health", "", "ok", "runtimeKind", "manifest", "detail"),
        EndpointRow.of("GET /demo/scenarios").answers(200, "/demo/scenarios", "", "id"),
        EndpointRow.of("POST /demo/runs")
            .answers(
                201, "/demo/runs", "{'scenario':'fraud-approve'}", "runId", "sessionId", "status")
            .namesFields("/demo/runs", "scenario=7", "scenario='none'"));
  }

  private static List<EndpointRow> policies() {
    return List.of(
        EndpointRow.of("GET /runtime/policies")
            .answers(200, "/runtime/policies?mode=*", "", "policyId", "mode", "rules"),
        EndpointRow.of("GET /runtime/policies/{policyId}")
            .answers(
                200, "/runtime/policies/policy.shown", "", "policyId", "rules", "schemaVersion")
            .refuses(400, INVALID, "/runtime/policies/" + "x".repeat(257), "", "policyId")
            .doesNotKnow("NOT_FOUND", ""),
        EndpointRow.of("DELETE /runtime/policies/{policyId}")
            .refuses(400, INVALID, "/runtime/policies/" + "x".repeat(257), "", "policyId")
            .answersText(200, "/runtime/policies/policy.doomed", "", JSON, "{\"ok\":true}")
            .answersText(200, "/runtime/policies/policy.none", "", JSON, "\"ok\":false", "error"));
  }

  private static List<EndpointRow> registration() {
    return List.of(
        EndpointRow.of("POST /runtime/policies")
            .answersText(
                201, "/runtime/policies", policy("schemaVersion", "2"), JSON, "{\"ok\":true}")
            .refuses(400, WRONG_POLICY, "/runtime/policies", policy("policyId", "' '"), "policyId")
            .refuses(
                400,
                WRONG_POLICY,
                "/runtime/policies",
                policy("policyId", "'policy.default'"),
                "policyId",
                "reserved")
            .refuses(400, WRONG_POLICY, "/runtime/policies", policy("mode", "7"), "mode")
            .refuses(
                400, WRONG_POLICY, "/runtime/policies", policy("description", "7"), "description")
            .refuses(400, WRONG_POLICY, "/runtime/policies", policy("rules", "[]"), "rules")
            .refuses(
                400,
                WRONG_POLICY,
                "/runtime/policies",
                policy("schemaVersion", "0"),
                "schemaVersion")
            .refuses(
                400,
                WRONG_POLICY,
                "/runtime/policies",
                policy("rules", "{'voting':{'algorithm':'weighted'}}"),
                "rules.voting.weights"));
  }

  private static List<EndpointRow> simulation() {
    String simulation = "/runtime/policies/simulate";
    return List.of(
        EndpointRow.of("POST /runtime/policies/simulate")
            .answers(
                201,
                simulation,
                "{'runId':'{finished}','policyId':'policy.shown'}",
                "runId",
                "commitments")
            .namesFields(
                simulation,
                "runId='x'",
                "policy=7",
                "policyId=7",
                "policyId=''",
                "events=7",
                "events=[7]")
            .refuses(
                400,
                INVALID,
                simulation,
                "{'runId':'{finished}','policyId':'" + "x".repeat(257) + "'}",
                "policyId")
            .refuses(
                409,
                "CONFLICT",
                simulation,
                "{'runId':'{waiting}','policyId':'policy.shown'}",
                "session")
            .refuses(
                404,
                "NOT_FOUND",
                simulation,
                "{'runId':'{finished}','policyId':'policy.none'}",
                "policy.none")
            .refuses(
                404,
                "RUN_NOT_FOUND",
                simulation,
                "{'runId':'" + Endpoints.ID + "','policyId':'policy.shown'}",
                Endpoints.ID));
  }

  /** A good policy with one field changed. */
  private static String policy(String field, String json) {
    List<String> fields =
        List.of("policyId='policy.made'", "mode='*'", "description='d'", "rules={}");
    String kept =
        fields.stream()
            .filter(one -> !one.startsWith(field + "="))
            .map(one -> "'" + one.replaceFirst("=", "':") + ",")
            .reduce("", String::concat);
    return "{" + kept + "'" + field + "':" + json + "}";
  }

  private static List<EndpointRow> dashboard() {
    return List.of(
        EndpointRow.of("GET /dashboard/overview")
            .answers(
                200,
                "/dashboard/overview?window=15m&environment=e&scenarioRef=s",
                "",
                "kpis",
                "recentRuns",
                "runtimeHealth",
                "charts",
                "successRate")
            .answers(200, "/dashboard/overview?range=7d", "", "kpis")
            .answers(200, "/dashboard/overview?from=2020-01-01&to=2020-01-02", "", "kpis")
            .namesParameters(
                "/dashboard/overview",
                "window=2h",
                "range=1h",
                "from=soon",
                "to=late",
                "scenarioRef=%00",
                "environment=%00")
            .refuses(
                400,
                INVALID,
                "/dashboard/overview?from=2020-01-02&to=2020-01-01",
                "",
                "from must be before to"),
        EndpointRow.of("GET /dashboard/agents/metrics")
            .answers(
                200,
                "/dashboard/agents/metrics?window=30d&limit=5",
                "",
                "participantId",
                "runs",
                "signals",
                "messages",
                "averageConfidence")
            .namesParameters(
                "/dashboard/agents/metrics", "window=2h", "limit=0", "limit=1001", "limit=x"));
  }

  private static List<EndpointRow> administration() {
    String[] wrong = {
      "actor=%00",
      "action=%00",
      "resource=%00",
      "resourceId=%00",
      "createdAfter=x",
      "createdBefore=x"
    };
    return List.of(
        EndpointRow.of("GET /audit")
            .answers(
                200,
                "/audit?action=run.created&resource=run&limit=1&offset=0",
                "",
                "data",
                "total",
                "limit",
                "offset",
                "actor",
                "actorType",
                "resourceId",
                "requestId")
            .namesParameters("/audit", wrong)
            .namesParameters("/audit", "limit=0", "limit=201", "offset=-1"),
        EndpointRow.of("GET /audit/export")
            .answersText(
                200, "/audit/export?resource=run", "", "application/x-ndjson", "\"run.created\"")
            .namesParameters("/audit/export", wrong));
  }

  private static List<EndpointRow> operations() {
    return List.of(
        EndpointRow.of("POST /admin/circuit-breaker/reset")
            .answersText(
                200,
                "/admin/circuit-breaker/reset",
                "",
                JSON,
                "{\"status\":\"ok\",\"state\":\"CLOSED\"}"),
        EndpointRow.of("GET /admin/circuit-breaker/history")
            .answersText(
                200,
                "/admin/circuit-breaker/history?window=30d",
                "",
                JSON,
                "\"state\":\"CLOSED\"",
                "\"history\"",
                "\"reason\":\"initial\"")
            .answers(200, "/admin/circuit-breaker/history?window=odd", "", "history")
            .namesParameters("/admin/circuit-breaker/history", "since=soon", "window=%00"),
        EndpointRow.of("GET /diagnostics")
            .answers(200, "/diagnostics", "", "checkedAt", "status", "checks", "findings"),
        EndpointRow.of("GET /runs/{id}/diagnosis")
            .answers(
                200,
                "/runs/{waiting}/diagnosis",
                "",
                "runId",
                "runStatus",
                "session-not-opened",
                "evidence",
                "cause",
                "fix",
                "link",
                "action",
                "installation")
            .answers(200, "/runs/{finished}/diagnosis", "", "findings")
            .doesNotKnow("RUN_NOT_FOUND", ""),
        EndpointRow.of("GET /admin/operations")
            .answersText(
                200,
                "/admin/operations",
                "",
                JSON,
                "\"followed\"",
                "\"open\"",
                "\"outdated\"",
                "\"retention\":{\"enabled\":false,\"ttlDays\":null,\"intervalHours\":24"));
  }

  private static List<EndpointRow> keys() {
    return List.of(
        EndpointRow.of("POST /admin/api-keys")
            .answers(
                201,
                "/admin/api-keys",
                "{'name':'n','scopes':['runs:read'],'expiresAt':'2999-01-01T00:00:00Z'}",
                "id",
                "name",
                "scopes",
                "key")
            .namesFields(
                "/admin/api-keys",
                "name=''",
                "name=7",
                "name='" + "x".repeat(256) + "'",
                "scopes='admin'",
                "scopes=[]",
                "scopes=['all']",
                "expiresAt='soon'")
            .refuses(
                400,
                INVALID,
                "/admin/api-keys",
                "{'name':'n','scopes':['admin'],'expiresAt':'2020-01-01T00:00:00Z'}",
                "expiresAt"),
        EndpointRow.of("GET /admin/api-keys")
            .answers(200, "/admin/api-keys?limit=1&offset=0", "", "data", "total", "scopes")
            .namesParameters("/admin/api-keys", "limit=0", "limit=201", "offset=-1"),
        EndpointRow.of("DELETE /admin/api-keys/{id}")
            .answersText(204, "/admin/api-keys/{key}", "", "")
            .doesNotKnow("NOT_FOUND", ""));
  }

  private static List<EndpointRow> probes() {
    return List.of(
        EndpointRow.of("GET /healthz")
            .answersText(
                200, "/healthz", "", JSON, "{\"ok\":true,\"service\":\"macp-control-plane\"}"),
        EndpointRow.of("GET /readyz")
            .answers(
                200, "/readyz", "", "ok", "database", "runtime", "streamConsumer", "circuitBreaker")
            .answers(200, "/readyz?strict=true", "", "ok"),
        EndpointRow.of("GET /metrics")
            .answersText(200, "/metrics", "", "text/plain", "http_requests_total"),
        EndpointRow.of("GET /").answers(200, "/", "", "name", "version", "links"),
        EndpointRow.of("GET /docs").answersText(302, "/docs", "", ""),
        EndpointRow.of("GET /docs-json").answers(200, "/docs-json", "", "openapi", "paths"));
  }
}
