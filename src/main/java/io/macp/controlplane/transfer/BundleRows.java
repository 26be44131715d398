// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.log.history.CarriedRun;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes checked rows of what a bundle holds; a message names the place and the field. */
final class BundleRows {
  private static final int MOST_ARTIFACTS = 10_000;
  private static final int MOST_TAGS = 10_000;
  private static final int LONG_TEXT = 1024 * 1024;
  private static final List<String> STATUSES =
      Arrays.stream(RunStatus.values()).map(RunStatus::wireName).toList();

  private BundleRows() {}

  static CarriedRun run(String where, Map<String, @Nullable Object> header, int mostEvents) {
    return Fault.read(where, header, fields -> run(fields, mostEvents));
  }

  private static CarriedRun run(BodyFields header, int mostEvents) {
    BodyFields fields = header.object("run");
    Values run = new Values(fields, "run.");
    UUID id = run.id("id");
    run.choice("status", STATUSES);
    run.choice("mode", List.of("live", "sandbox"));
    run.text("runtimeKind", 64);
    run.findText("runtimeVersion", 64);
    run.findText("runtimeSessionId", 255);
    run.findText("traceId", 255);
    run.findText("idempotencyKey", 255);
    long lastSeq = run.integer("lastEventSeq", 1, mostEvents);
    run.findText("sourceKind", 128);
    run.findText("sourceRef", LONG_TEXT);
    run.texts("tags", MOST_TAGS);
    run.tree("metadata");
    run.findText("errorCode", 128);
    run.findText("errorMessage", LONG_TEXT);
    run.time("createdAt");
    run.time("updatedAt");
    run.findTime("startedAt");
    run.findTime("endedAt");
    run.findTime("archivedAt");
    Optional<Map<String, @Nullable Object>> session =
        header.findObject("session").map(found -> session(found, id));
    List<Map<String, @Nullable Object>> artifacts = new ArrayList<>();
    if (header.has("artifacts")) {
      for (BodyFields artifact : header.objects("artifacts", 0, MOST_ARTIFACTS)) {
        artifacts.add(artifact(artifact, "artifacts." + artifacts.size() + ".", id));
      }
    }
    return new CarriedRun(id, lastSeq, run.row(), session, artifacts);
  }

  private static Map<String, @Nullable Object> session(BodyFields fields, UUID runId) {
    Values session = new Values(fields, "session.").own("runId", runId.toString());
    session.text("runtimeKind", 64);
    session.text("runtimeSessionId", 255);
    session.text("modeName", 255);
    session.findText("modeVersion", 64);
    session.findText("configurationVersion", 128);
    session.findText("policyVersion", 128);
    session.findText("initiatorParticipantId", 255);
    session.text("sessionState", 64);
    session.findText("contextId", 4_096);
    session.texts("extensionKeys", MOST_TAGS);
    session.findTime("expiresAt");
    session.findTime("lastSeenAt");
    session.tree("capabilities");
    session.findInteger("lastStreamCursor", Integer.MAX_VALUE);
    session.findInteger("streamPosition", Long.MAX_VALUE);
    session.findTime("streamConnectedAt");
    session.findTime("streamDisconnectedAt");
    session.tree("metadata");
    session.time("createdAt");
    session.time("updatedAt");
    return session.row();
  }

  private static Map<String, @Nullable Object> artifact(
      BodyFields fields, String path, UUID runId) {
    Values artifact = new Values(fields, path).own("runId", runId.toString());
    artifact.id("id");
    artifact.text("kind", 64);
    artifact.text("label", 255);
    artifact.findText("uri", LONG_TEXT);
    artifact.findTree("inline");
    artifact.time("createdAt");
    return artifact.row();
  }

  static RecordedEvent canonical(String where, Map<?, ?> tree, CarriedRun run) {
    return Fault.read(where, tree, fields -> canonical(fields, run));
  }

  private static RecordedEvent canonical(BodyFields fields, CarriedRun run) {
    Values event = new Values(fields, "");
    UUID id = event.id("id");
    checkOwner(event, fields, run);
    long seq = event.integer("seq", 1, run.lastSeq());
    Instant ts = event.time("ts");
    String type = event.text("type", 128);
    Subject subject =
        new Subject(
            event.findText("subjectKind", 64).orElse(""),
            event.findText("subjectId", 255).orElse(""));
    Source source =
        new Source(
            event.text("sourceKind", 64),
            event.text("sourceName", 128),
            event.findText("rawType", 128));
    Trace trace =
        new Trace(
            event.findText("traceId", 255),
            event.findText("spanId", 255),
            event.findText("parentSpanId", 255));
    int version = Math.toIntExact(event.integer("schemaVersion", 1, 1_000));
    Payload data = event.tree("data");
    return new RecordedEvent(
        id, run.id(), seq, ts, source, trace, version, CanonicalEvent.of(type, subject, data));
  }

  static Map<String, @Nullable Object> raw(String where, Map<?, ?> tree, CarriedRun run) {
    return Fault.read(where, tree, fields -> raw(fields, run));
  }

  private static Map<String, @Nullable Object> raw(BodyFields fields, CarriedRun run) {
    Values fact = new Values(fields, "");
    fact.id("id");
    checkOwner(fact, fields, run);
    fact.integer("seq", 1, run.lastSeq());
    fact.findText("sourceId", 255);
    fact.time("ts");
    fact.text("kind", 64);
    fact.text("sourceName", 128);
    fact.tree("payload");
    fact.findText("traceId", 255);
    fact.findText("spanId", 255);
    fact.time("createdAt");
    return fact.row();
  }

  private static void checkOwner(Values values, BodyFields fields, CarriedRun run) {
    if (!values.id("runId").equals(run.id())) {
      fields.reject("runId must be the id of the run, " + run.id());
    }
  }
}
