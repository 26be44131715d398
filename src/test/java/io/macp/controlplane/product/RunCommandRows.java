// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.EndpointRow.WrongField;
import java.util.List;
import java.util.stream.Stream;

/** The rows of what changes runs (control-plane contract, sections 3.1, 3.2, 3.6 to 3.11). */
final class RunCommandRows {
  private static final String STATE = "INVALID_STATE_TRANSITION";
  private static final String UNKNOWN_RUN = "RUN_NOT_FOUND";
  private static final String INVALID = "VALIDATION_ERROR";
  private static final String LONG = "x".repeat(256);

  /** A field of the descriptor, what it is set to, and the field that must be named. */
  private static final List<List<String>> WRONG_IN_A_LAUNCH =
      List.of(
          List.of("mode", "7", "mode"),
          List.of("mode", "'replay'", "mode"),
          List.of("runtime", "'rust'", "runtime"),
          List.of("runtime", "{'kind':'cobol'}", "runtime.kind"),
          List.of("runtime", "{'kind':'rust','version':1}", "runtime.version"),
          List.of("session", "[]", "session"),
          List.of("session.sessionId", "12", "session.sessionId"),
          List.of("session.modeName", "' '", "session.modeName"),
          List.of("session.modeVersion", "1", "session.modeVersion"),
          List.of("session.configurationVersion", "null", "session.configurationVersion"),
          List.of("session.policyVersion", "[]", "session.policyVersion"),
          List.of("session.ttlMs", "0", "session.ttlMs"),
          List.of("session.ttlMs", "1e30", "session.ttlMs"),
          List.of("session.participants", "[]", "session.participants"),
          List.of("session.participants", "['a']", "session.participants.0"),
          List.of("session.participants", "[{'id':''}]", "session.participants.0.id"),
          List.of("session.metadata", "[]", "session.metadata"),
          List.of(
              "session.metadata",
              "{'cancelCallback':{'url':'ftp://a/'}}",
              "session.metadata.cancelCallback.url"),
          List.of("session.roots", "[]", "session.roots"),
          List.of("execution", "7", "execution"),
          List.of("execution", "{'idempotencyKey':'" + LONG + "'}", "execution.idempotencyKey"),
          List.of("execution", "{'tags':[1]}", "execution.tags"),
          List.of("execution", "{'requester':[]}", "execution.requester"),
          List.of("execution", "{'requester':{'actorId':1}}", "execution.requester.actorId"),
          List.of(
              "execution", "{'requester':{'actorType':'cat'}}", "execution.requester.actorType"),
          List.of("kickoff", "[]", "kickoff"),
          List.of("policyHints", "{}", "policyHints"),
          List.of("commitments", "[]", "commitments"));

  static final List<EndpointRow> ALL =
      Stream.of(launches(), validation(), copies(), control(), shelf(), batches(), replay())
          .flatMap(List::stream)
          .toList();

  private RunCommandRows() {}

  private static String launch(String field, String json) {
    return Json.write(Api.changed(field, Json.readAny(json.replace('\'', '"'))));
  }

  private static List<EndpointRow> launches() {
    return List.of(
        EndpointRow.of("POST /runs")
            .answers(
                201,
                "/runs",
                launch("mode", "'sandbox'"),
                "runId",
                "sessionId",
                "status",
                "traceId")
            .namesFields(
                "/runs",
                WRONG_IN_A_LAUNCH.stream()
                    .map(one -> new WrongField(one.get(2), launch(one.get(0), one.get(1))))
                    .toList())
            .refuses(
                400,
                "INVALID_SESSION_ID",
                "/runs",
                launch("session.sessionId", "'short'"),
                "session.sessionId")
            .refuses(
                409,
                "SESSION_ALREADY_EXISTS",
                "/runs",
                launch("session.sessionId", "'{waitingsession}'"),
                "{waiting}"));
  }

  private static List<EndpointRow> validation() {
    return List.of(
        EndpointRow.of("POST /runs/validate")
            .answers(
                201,
                "/runs/validate",
                launch("mode", "'live'"),
                "valid",
                "errors",
                "warnings",
                "runtime")
            .answersText(
                201,
                "/runs/validate",
                launch("session.ttlMs", "0"),
                "application/json",
                "\"valid\":false",
                "session.ttlMs must be")
            .answersText(
                201,
                "/runs/validate",
                launch("execution", "7"),
                "application/json",
                "\"valid\":false",
                "execution must be an object")
            .answersText(
                201, "/runs/validate", "", "application/json", "'valid':false".replace('\'', '"')));
  }

  private static List<EndpointRow> copies() {
    return List.of(
        EndpointRow.of("POST /runs/{id}/clone")
            .answers(201, "/runs/{waiting}/clone", "{'tags':['b']}", "runId", "sessionId", "status")
            .namesFields(
                "/runs/{waiting}/clone", "tags=7", "tags=[1]", "context={'a':1}", "context=7")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("POST /runs/import")
            .answers(201, "/runs/import", "{bundle}", "runId", "status", "projectionEqual")
            .refuses(409, "CONFLICT", "/runs/import", "{known}", "{finished}")
            .refuses(400, INVALID, "/runs/import", "{'run':1}", "run must be an object")
            .refuses(400, INVALID, "/runs/import", "{'run':{}}", "run.id")
            .refuses(400, INVALID, "/runs/import", "{", "malformed JSON"));
  }

  private static List<EndpointRow> control() {
    return List.of(
        EndpointRow.of("POST /runs/{id}/cancel")
            .answers(201, "/runs/{agreed}/cancel", "{'reason':'r'}", "id", "status", "endedAt")
            .answersText(
                201,
                "/runs/{stuck}/cancel?force=true",
                "",
                "application/json",
                "\"status\":\"cancelled\"")
            .refuses(400, STATE, "/runs/{waiting}/cancel", "", "cancelCallback")
            .namesFields("/runs/{waiting}/cancel", "reason=7")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("POST /runs/{id}/suspend")
            .answersText(
                201,
                "/runs/{running}/suspend",
                "{'reason':'r'}",
                "application/json",
                "\"status\":\"suspended\"")
            .refuses(403, "FORBIDDEN", "/runs/{foreign}/suspend", "", "initiator")
            .refuses(400, STATE, "/runs/{finished}/suspend", "", "completed")
            .namesFields("/runs/{finished}/suspend", "reason=[]")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("POST /runs/{id}/resume")
            .answersText(
                201, "/runs/{running}/resume", "", "application/json", "\"status\":\"running\"")
            .refuses(400, STATE, "/runs/{finished}/resume", "", "completed")
            .namesFields("/runs/{finished}/resume", "reason={}")
            .doesNotKnow(UNKNOWN_RUN, ""),
        removed("messages"),
        removed("signal"),
        removed("context"));
  }

  private static EndpointRow removed(String name) {
    String path = "/runs/{id}/" + name;
    return EndpointRow.of("POST " + path)
        .refuses(
            410,
            "ENDPOINT_REMOVED",
            "/runs/{finished}/" + name,
            "{'from':'a'}",
            "/runs/:id/" + name,
            "macp-sdk");
  }

  private static List<EndpointRow> shelf() {
    return List.of(
        EndpointRow.of("POST /runs/{id}/archive")
            .answersText(
                201,
                "/runs/{shelved}/archive",
                "",
                "application/json",
                "\"archived\"",
                "archivedAt")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("DELETE /runs/{id}")
            .answersText(204, "/runs/{doomed}", "", "")
            .refuses(404, UNKNOWN_RUN, "/runs/{doomed}", "", "{doomed}")
            .refuses(400, STATE, "/runs/{waiting}", "", "completed, failed, cancelled")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("POST /runs/{id}/artifacts")
            .answers(
                201,
                "/runs/{finished}/artifacts",
                "{'kind':'json','label':'l','uri':'u:1','inline':{'a':1}}",
                "id",
                "runId",
                "kind",
                "label",
                "createdAt")
            .namesFields(
                "/runs/{finished}/artifacts",
                "kind='photo'",
                "label=''",
                "label='" + LONG + "'",
                "uri=1",
                "inline=[]")
            .doesNotKnow(UNKNOWN_RUN, "{'kind':'json','label':'l'}"),
        EndpointRow.of("POST /runs/{id}/projection/rebuild")
            .answers(
                201,
                "/runs/{finished}/projection/rebuild",
                "",
                "rebuilt",
                "latestSeq",
                "timeline",
                "participants")
            .doesNotKnow(UNKNOWN_RUN, ""));
  }

  private static List<EndpointRow> batches() {
    return List.of(
        batch("cancel", "{granted}", "cancelled"),
        batch("archive", "{boxed}", "archived"),
        batch("delete", "{condemned}", "deleted"),
        EndpointRow.of("POST /runs/batch/export")
            .answersText(
                201,
                "/runs/batch/export",
                "{'runIds':['{finished}']}",
                "application/json",
                "[{\"run\":{",
                "canonicalEvents")
            .namesFields("/runs/batch/export", "runIds=7", "runIds=[]", "runIds=['x']")
            .refuses(400, INVALID, "/runs/batch/export", ids(51), "runIds", "50")
            .doesNotKnow(UNKNOWN_RUN, "{'runIds':['{finished}','" + Endpoints.ID + "']}"));
  }

  private static EndpointRow batch(String verb, String run, String done) {
    String path = "/runs/batch/" + verb;
    String two = "{'runIds':['" + run + "','" + Endpoints.ID + "']}";
    return EndpointRow.of("POST " + path)
        .answersText(
            201,
            path,
            two,
            "application/json",
            "\"results\"",
            "\"" + done + "\"",
            "\"failed\"",
            "run " + Endpoints.ID + " not found")
        .namesFields(path, "runIds=7", "runIds=[]", "runIds=['x']", "runIds=[null]")
        .refuses(400, INVALID, path, ids(201), "runIds", "200");
  }

  private static String ids(int count) {
    return "{'runIds':["
        + ("'" + Endpoints.ID + "',").repeat(count - 1)
        + "'"
        + Endpoints.ID
        + "']}";
  }

  private static List<EndpointRow> replay() {
    return List.of(
        EndpointRow.of("POST /runs/{id}/replay")
            .answers(
                201,
                "/runs/{finished}/replay",
                "{'mode':'instant','fromSeq':2,'toSeq':9}",
                "runId",
                "mode",
                "speed",
                "fromSeq",
                "toSeq",
                "streamUrl",
                "stateUrl")
            .namesFields(
                "/runs/{finished}/replay",
                "mode='fast'",
                "speed=0",
                "speed='1'",
                "speed=1e9",
                "fromSeq=0",
                "toSeq=1.5")
            .refuses(400, INVALID, "/runs/{finished}/replay", "{'fromSeq':9,'toSeq':2}", "toSeq")
            .doesNotKnow(UNKNOWN_RUN, ""),
        EndpointRow.of("POST /runs/compare")
            .answers(
                201,
                "/runs/compare",
                "{'leftRunId':'{finished}','rightRunId':'{waiting}'}",
                "left",
                "right",
                "statusMatch",
                "participantsDiff",
                "signalsDiff")
            .namesFields("/runs/compare", "leftRunId=7", "rightRunId='x'")
            .doesNotKnow(
                UNKNOWN_RUN, "{'leftRunId':'{finished}','rightRunId':'" + Endpoints.ID + "'}"));
  }
}
