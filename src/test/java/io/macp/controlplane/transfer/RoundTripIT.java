// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.audit.UnwrittenAudit;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.history.ExportStore;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.LeaseStore.Reach;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem.ProblemException;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.transfer.RunImporter.Form;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that leave and come back are the same; what is not a run leaves nothing behind. */
class RoundTripIT {
  private static final int MESSAGES = 1_200;
  private static final List<String> TABLES =
      List.of(
          "runs",
          "runtime_sessions",
          "run_events_raw",
          "run_events_canonical",
          "run_projections",
          "run_metrics",
          "run_artifacts",
          "run_checkpoints");

  @AutoClose private static Spine spine = Spine.start();
  private static RunBundles bundles;
  private static RunImporter importer;
  private static UUID run;
  private static String exported;
  private static Map<String, String> before;

  @BeforeAll
  static void record() throws IOException {
    bundles = new RunBundles(new ExportStore(spine.database()), spine.history(), Spine.CLOCK);
    importer =
        new RunImporter(
            spine.imports(),
            new TransferSlots(),
            UnwrittenAudit.trail(),
            new Settings(name -> Optional.empty()));
    run = recorded();
    exported = lines(run);
    before = rows();
  }

  @BeforeEach
  void forget() {
    spine.clear();
  }

  private static UUID recorded() {
    NewRun request =
        new NewRun(
            UUID.randomUUID(),
            "live",
            "rust",
            Optional.of("1.2.3"),
            "session-carried",
            "0".repeat(32),
            Optional.of("key"),
            new NewRun.Origin(Optional.of("rest"), Optional.of("ref")),
            List.of("blue"),
            Map.of("cancelCallback", Map.of("url", "http://x", "bearer", "top-secret")),
            Requests.now());
    spine.ledger().open(request);
    spine
        .ledger()
        .execute(
            request.id(),
            new Command.BindSession(
                Requests.now(), Requests.session("session-carried", SessionState.OPEN)));
    for (int batch = 0; batch < MESSAGES / 200; batch++) {
      List<RawEvent> votes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String payload =
            "{\"proposalId\":\"p%d\",\"vote\":\"APPROVE\",\"confidence\":0.%d,\"reason\":\"é\\u2028\"}"
                .formatted(i % 3, i);
        votes.add(Frames.message("agent://" + i % 5, "Vote", "m" + batch + "-" + i, payload));
      }
      spine.ledger().record(request.id(), votes);
    }
    spine
        .ledger()
        .attach(
            request.id(),
            new Artifact(
                UUID.randomUUID(), "json", "l", Optional.of("u"), Map.of("k", 1), Requests.now()));
    spine.ledger().execute(request.id(), new Command.CompleteRun(Requests.now()));
    return request.id();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void comesBackIdentical(Form form) throws IOException {
    Map<String, @Nullable Object> answer =
        importer.take(stream(form == Form.LINES ? exported : json()), form);

    assertThat(answer)
        .containsEntry("runId", run.toString())
        .containsEntry("status", "completed")
        .containsEntry("rawEvents", (long) MESSAGES)
        .containsEntry("projectionEqual", true);
    new RunLog(spine, run).requireSound();
    assertThat(rows()).isEqualTo(before);
    assertThat(withoutTime(lines(run))).isEqualTo(withoutTime(exported));
  }

  @Test
  void tellsNoSecret() {
    assertThat(exported).contains("\"bearer\":\"********\"").doesNotContain("top-secret");
    assertThat(Json.write(bundles.find(run, Selection.USUAL))).doesNotContain("top-secret");
  }

  @Test
  void isNeverObserved() throws IOException {
    String open = exported.replace("\"status\":\"completed\"", "\"status\":\"running\"");

    assertThat(importer.take(stream(open), Form.LINES)).containsEntry("status", "running");

    assertThat(spine.runs().find(run)).isPresent();
    assertThat(new LeaseStore(spine.database()).claim(UUID.randomUUID(), Reach.EXPIRED, 10))
        .isEmpty();
    assertThat(spine.runs().findBySession("session-carried")).isEmpty();
  }

  @Test
  void isRefusedWhenItIsThereOrItsSessionIsTaken() throws IOException {
    Map<String, @Nullable Object> unused = importer.take(stream(exported), Form.LINES);
    assertThatThrownBy(() -> importer.take(stream(exported), Form.LINES))
        .hasMessage("run " + run + " exists already");

    spine.clear();
    spine.ledger().open(Requests.run("session-carried"));
    assertThatThrownBy(() -> importer.take(stream(exported), Form.LINES))
        .hasMessageStartingWith("run.runtimeSessionId belongs to run ");

    spine.clear();
    spine.ledger().open(Requests.keyed("another", "key"));
    assertThatThrownBy(() -> importer.take(stream(exported), Form.LINES))
        .hasMessageStartingWith("run.idempotencyKey belongs to run ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | run.status | 5 | line 1: run.status must be one of",
        "1 | run.id | x | line 1: run.id must be a UUID",
        "1 | run.createdAt | never | line 1: run.createdAt must be a valid ISO 8601",
        "1 | run.createdAt | +99999-01-01T00:00:00Z | line 1: run.createdAt must be a valid ISO",
        "1 | run.lastEventSeq | 1000001 | line 1: run.lastEventSeq must be an integer",
        "1 | run.runtimeKind | | line 1: run.runtimeKind should not be empty",
        "1 | run.traceId | a\u0000b | line 1: run.traceId must be valid text",
        "3 | event.traceId | a\u0000b | line 3: traceId must be valid text",
        "1 | run.tags | x | line 1: run.tags must be an array",
        "1 | session.modeName | 7 | line 1: session.modeName should not be empty",
        "1 | artifacts | x | line 1: artifacts must be an array",
        "1 | type | canonical_event | line 1: type must be header",
        "2 | type | header | line 2: type must be canonical_event or raw_event",
        "2 | event | x | line 2: event must be an object",
        "3 | event.seq | 1 | line 3: seq must be another than 1",
        "3 | event.seq | 999999 | line 3: seq must be an integer",
        "3 | event.ts | now | line 3: ts must be a valid ISO 8601",
        "3 | event.id | | line 3: id must be a UUID",
        "3 | event.data | 1 | line 3: data must be an object",
        "3 | event.runId | 123e4567-e89b-42d3-a456-426614174000 | line 3: runId must be the id",
        "3 | event.type | | line 3: type should not be empty",
        "4000 | kind | | line 4000: kind should not be empty",
        "4000 | seq | 2 | line 4000: seq must be another than 2",
      })
  void namesLineAndFieldAndLeavesNothing(int line, String path, String value, String message) {
    String broken = changed(Math.min(line, count() - 1), path, value);
    String expected = message.replace("4000", Integer.toString(count() - 1));

    assertThatThrownBy(() -> importer.take(stream(broken), Form.LINES))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(expected);

    assertEmpty();
  }

  @Test
  void wantsTheWholeLog() {
    List<String> all = exported.lines().toList();
    String cut = String.join("\n", all.subList(0, all.size() - 1));

    assertThatThrownBy(() -> importer.take(stream(cut), Form.LINES))
        .hasMessageContaining("is missing")
        .hasMessageContaining("includeRaw=true");
    assertThatThrownBy(() -> importer.take(stream("{\"run\":{}}"), Form.JSON))
        .hasMessageContaining("body: run.id must be a UUID");
    assertEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LINES | '' | line 1: a header is expected",
        "LINES | {} | line 1: type must be header",
        "LINES | [] | line 1: must be an object",
        "LINES | {\"a | line 1: malformed JSON",
        "JSON | '' | body: must be an object",
        "JSON | [] | body: must be an object",
        "JSON | {\"run\": | body: malformed JSON",
        "JSON | {\"canonicalEvents\":[],\"run\":{}} | body: run must be an object",
      })
  void refusesWhatIsNoBundle(Form form, String text, String message) {
    assertThatThrownBy(() -> importer.take(stream(text), form))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
    assertEmpty();
  }

  @Test
  void namesThePlaceInABundle() {
    String broken = json().replaceFirst("\"schemaVersion\":3", "\"schemaVersion\":0");

    assertThatThrownBy(() -> importer.take(stream(broken), Form.JSON))
        .hasMessageContaining("canonicalEvents.0: schemaVersion must be an integer");
    assertEmpty();
  }

  @Test
  void exportsOnlyWhatIsAskedFor() throws IOException {
    Map<String, @Nullable Object> unused = importer.take(stream(exported), Form.LINES);
    Map<String, @Nullable Object> few =
        bundles.find(run, new Selection(true, true, 3)).orElseThrow();

    assertThat((List<?>) few.get("canonicalEvents")).hasSize(3);
    assertThat((List<?>) few.get("rawEvents")).hasSize(3);
    assertThat(bundles.find(run, new Selection(false, false, 9)).orElseThrow())
        .containsEntry("canonicalEvents", List.of())
        .containsEntry("rawEvents", List.of());
    assertThat(bundles.find(UUID.randomUUID(), Selection.USUAL)).isEmpty();
  }

  private static int count() {
    return (int) exported.lines().count() + 1;
  }

  private static String lines(UUID runId) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BundleWriter(out).lines(bundles.open(runId, Selection.WHOLE).orElseThrow());
    return out.toString(UTF_8);
  }

  /** The same bundle in its other form. */
  private static String json() {
    Map<String, @Nullable Object> bundle = new LinkedHashMap<>();
    List<Object> canonical = new ArrayList<>();
    List<Object> raw = new ArrayList<>();
    exported
        .lines()
        .map(Json::readTree)
        .forEach(
            line -> {
              switch (String.valueOf(line.remove("type"))) {
                case "header" -> bundle.putAll(line);
                case "canonical_event" -> canonical.add(line.get("event"));
                default -> raw.add(line);
              }
            });
    bundle.put("canonicalEvents", canonical);
    bundle.put("rawEvents", raw);
    return Json.write(bundle);
  }

  private static String withoutTime(String lines) {
    return lines.replaceFirst("\"exportedAt\":\"[^\"]*\"", "");
  }

  /** The bundle with one field of one line changed. */
  private static String changed(int line, String path, @Nullable String value) {
    List<String> lines = new ArrayList<>(exported.lines().toList());
    Map<String, @Nullable Object> tree = Json.readTree(lines.get(line - 1));
    List<String> names = List.of(path.split("\\.", -1));
    Map<String, @Nullable Object> place = tree;
    for (String name : names.subList(0, names.size() - 1)) {
      place = fields(place.get(name));
    }
    place.put(names.getLast(), scalar(value));
    lines.set(line - 1, Json.write(tree));
    return String.join("\n", lines);
  }

  private static @Nullable Object scalar(@Nullable String value) {
    return value != null && value.matches("\\d+") ? (Object) Integer.valueOf(value) : value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> fields(@Nullable Object tree) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(tree);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static void assertEmpty() {
    for (String table : TABLES) {
      assertThat(spine.number("select count(*) from " + table)).as(table).isZero();
    }
  }

  /** A digest of all that is stored but the moments and transactions of its writing. */
  private static Map<String, String> rows() {
    Map<String, String> digests = new LinkedHashMap<>();
    for (String table : TABLES) {
      String row = "to_jsonb(t) - 'imported_at' - 'written_by'";
      if (List.of("run_projections", "run_metrics", "run_checkpoints").contains(table)) {
        row += " - 'updated_at' - 'created_at'";
      }
      if (table.equals("runs")) {
        row += " #- '{metadata,cancelCallback,bearer}'";
      }
      if (table.equals("run_checkpoints")) {
        continue;
      }
      digests.put(
          table,
          spine.text(
              "select count(*) || ' ' || md5(string_agg((%s)::text, ',' order by (%s)::text)) from %s t"
                  .formatted(row, row, table)));
    }
    return digests;
  }
}
