// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.List;
import java.util.stream.Stream;

/** The rows of what shows runs (control-plane contract, sections 3.3 to 3.5, 3.8 to 3.11 and 4). */
final class RunViewRows {
  private static final String UNKNOWN_RUN = "RUN_NOT_FOUND";
  private static final String LINES = "application/x-ndjson";
  private static final String EVENTS = "text/event-stream";

  static final List<EndpointRow> ALL =
      Stream.of(list(), records(), details(), pictures(), events(), exports(), streams())
          .flatMap(List::stream)
          .toList();

  private RunViewRows() {}

  private static List<EndpointRow> list() {
    return List.of(
        EndpointRow.of("GET /runs")
            .answers(
                200,
                "/runs?status=completed&tags=demo&search=fraud&limit=1&offset=0&sortBy=updatedAt"
                    + "&sortOrder=asc&includeSandbox=true&includeArchived=true"
                    + "&createdAfter=2020-01-01&createdBefore=2999-01-01T00:00:00Z",
                "",
                "data",
                "total",
                "limit",
                "offset")
            .answers(200, "/runs?environment=none&scenarioRef=none&whatever=1", "", "data")
            .namesParameters(
                "/runs",
                "status=odd",
                "tags=%00",
                "createdAfter=soon",
                "createdBefore=2020-13-01",
                "limit=0",
                "limit=201",
                "limit=x",
                "offset=-1",
                "sortBy=id",
                "sortOrder=up",
                "environment=%00",
                "scenarioRef=%00",
                "search=%00"));
  }

  private static List<EndpointRow> records() {
    return List.of(
        EndpointRow.of("GET /runs/{id}")
            .answers(
                200,
                "/runs/{finished}",
                "",
                "id",
                "status",
                "mode",
                "runtimeKind",
                "lastEventSeq",
                "tags",
                "metadata",
                "createdAt",
                "archivedAt")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/state")
            .answers(
                200,
                "/runs/{finished}/state",
                "",
                "run",
                "participants",
                "graph",
                "decision",
                "signals",
                "progress",
                "timeline",
                "trace",
                "outboundMessages",
                "policy",
                "llm")
            .doesNotKnow(UNKNOWN_RUN, ""));
  }

  private static List<EndpointRow> details() {
    return List.of(
        EndpointRow.of("GET /runs/{id}/messages")
            .answersText(200, "/runs/{finished}/messages?limit=1", "", "application/json", "[]")
            .namesParameters("/runs/{finished}/messages", "limit=0", "limit=1001", "offset=-1")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/artifacts")
            .answers(200, "/runs/{finished}/artifacts", "", "id", "runId", "kind", "label", "uri")
            .namesParameters("/runs/{finished}/artifacts", "limit=0", "limit=1001", "offset=x")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/metrics")
            .answers(
                200,
                "/runs/{finished}/metrics",
                "",
                "runId",
                "eventCount",
                "messageCount",
                "signalCount",
                "totalTokens",
                "estimatedCostUsd")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/traces")
            .answers(
                200, "/runs/{finished}/traces", "", "spanCount", "linkedArtifacts", "runStatus")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/commitment")
            .answers(
                200,
                "/runs/{finished}/commitment",
                "",
                "runId",
                "payload",
                "commitmentHash",
                "verification",
                "supersedes")
            .refuses(404, "COMMITMENT_NOT_FOUND", "/runs/{waiting}/commitment", "", "{waiting}")
            .doesNotKnow(UNKNOWN_RUN, ""));
  }

  private static List<EndpointRow> pictures() {
    return List.of(
        EndpointRow.of("GET /runs/{id}/graph")
            .answers(200, "/runs/{finished}/graph", "", "seq", "width", "nodes", "edges", "path")
            .answers(200, "/runs/{finished}/graph?view=expanded&seq=40", "", "nodes", "kinds")
            .namesParameters("/runs/{finished}/graph", "seq=x", "seq=-1", "view=flat")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/lanes")
            .answers(200, "/runs/{finished}/lanes", "", "total", "types", "stretches", "lanes")
            .answers(200, "/runs/{finished}/lanes?fromSeq=3&toSeq=9&columns=40", "", "cells")
            .namesParameters(
                "/runs/{finished}/lanes", "fromSeq=0", "toSeq=x", "columns=19", "columns=2001")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/events/{seq}")
            .answers(200, "/runs/{finished}/events/1", "", "event", "raw", "run.created")
            .refuses(400, "VALIDATION_ERROR", "/runs/{finished}/events/0", "", "seq")
            .refuses(400, "VALIDATION_ERROR", "/runs/{finished}/events/x", "", "seq")
            .refuses(404, "NOT_FOUND", "/runs/{finished}/events/999999", "", "999999")
            .refuses(404, UNKNOWN_RUN, "/runs/" + Endpoints.ID + "/events/1", "", Endpoints.ID));
  }

  private static List<EndpointRow> events() {
    return List.of(
        EndpointRow.of("GET /runs/{id}/events")
            .answersText(
                200,
                "/runs/{finished}/events?limit=2&afterSeq=1",
                "",
                "application/json",
                "[{\"id\"")
            .answers(
                200, "/runs/{finished}/events?type=run.created", "", "data", "total", "nextCursor")
            .namesParameters(
                "/runs/{finished}/events",
                "afterSeq=-1",
                "afterSeq=x",
                "limit=0",
                "limit=1.5",
                "afterTs=soon",
                "beforeTs=1",
                "type=%00")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /events")
            .answers(200, "/events?limit=1", "", "data", "total", "limit", "nextCursor", "cursor")
            .answers(200, "/events?runId={finished}&type=run.created&scenarioRef=none", "", "data")
            .namesParameters(
                "/events",
                "runId=x",
                "scenarioRef=%00",
                "afterSeq=-1",
                "limit=0",
                "afterTs=soon",
                "beforeTs=1",
                "type=%00",
                "cursor=x",
                "cursor=%00"));
  }

  private static List<EndpointRow> exports() {
    return List.of(
        EndpointRow.of("GET /runs/{id}/export")
            .answers(
                200,
                "/runs/{finished}/export?includeRaw=true&eventLimit=3",
                "",
                "run",
                "session",
                "projection",
                "metrics",
                "artifacts",
                "canonicalEvents",
                "rawEvents",
                "exportedAt")
            .answersText(
                200,
                "/runs/{finished}/export?format=jsonl&includeCanonical=false",
                "",
                LINES,
                "\"type\":\"header\"")
            .namesParameters(
                "/runs/{finished}/export",
                "eventLimit=0",
                "eventLimit=50001",
                "eventLimit=x",
                "format=xml")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/export/stream")
            .answersText(
                200,
                "/runs/{finished}/export/stream?eventLimit=2",
                "",
                LINES,
                "\"type\":\"header\"",
                "\"type\":\"canonical_event\"",
                "\"eventType\":\"run.created\"")
            .answersText(
                200,
                "/runs/{finished}/export/stream?includeRaw=true&includeCanonical=false",
                "",
                LINES,
                "\"type\":\"raw_event\"")
            .namesParameters("/runs/{finished}/export/stream", "eventLimit=0", "eventLimit=x")
            .doesNotKnow(UNKNOWN_RUN, ""));
  }

  private static List<EndpointRow> streams() {
    return List.of(
        EndpointRow.of("GET /runs/stream")
            .answersText(200, "/runs/stream", "", EVENTS)
            .answersText(200, "/runs/stream?list=false&watch={finished}:1", "", EVENTS)
            .namesParameters("/runs/stream", "watch=x", "watch=1:1", "watch=x,"),
        EndpointRow.of("GET /runs/{id}/stream")
            .answersText(200, "/runs/{finished}/stream?afterSeq=1&heartbeatMs=1000", "", EVENTS)
            .answersText(
                200, "/runs/{finished}/stream?includeSnapshot=false&frames=extended", "", EVENTS)
            .namesParameters(
                "/runs/{finished}/stream",
                "afterSeq=-1",
                "afterSeq=x",
                "heartbeatMs=999",
                "heartbeatMs=x",
                "frames=%00")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/replay/stream")
            .answersText(
                200,
                "/runs/{finished}/replay/stream?mode=instant&speed=2.5&fromSeq=1&toSeq=3",
                "",
                EVENTS)
            .namesParameters(
                "/runs/{finished}/replay/stream",
                "mode=fast",
                "speed=0",
                "speed=x",
                "fromSeq=0",
                "toSeq=x")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("GET /runs/{id}/replay/state")
            .answers(200, "/runs/{finished}/replay/state?seq=3", "", "run", "timeline")
            .namesParameters("/runs/{finished}/replay/state", "seq=x", "seq=-1", "seq=1.5")
            .doesNotKnow(UNKNOWN_RUN, ""));
  }
}
