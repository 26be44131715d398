// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static io.macp.controlplane.product.ContractServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.product.EventStream.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays, states of the past and the feed of all events (contract, sections 3.5, 3.8, 4.4). */
@ExtendWith(ContractServer.class)
class ReplayIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";

  private static String run = "";

  @BeforeAll
  static void finishARun() {
    run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
  }

  @Test
  void describesAReplayWhoseAddressesWorkAsTheyAre() {
    List<Map<String, @Nullable Object>> all = API.events(run);
    long from = Api.seq(all.get(2));
    long to = Api.seq(all.get(9));

    Answer answer =
        API.post(
            "/runs/" + run + "/replay",
            Map.of("mode", "timed", "speed", 1000.5, "fromSeq", from, "toSeq", to));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object())
        .containsEntry("runId", run)
        .containsEntry("mode", "timed")
        .containsEntry("speed", 1000.5)
        .containsEntry("fromSeq", (int) from)
        .containsEntry("toSeq", (int) to);
    List<Frame> frames = frames(answer.field("streamUrl"));
    assertThat(frames.stream().map(Frame::tree)).isEqualTo(all.subList(2, 10));
    assertThat(frames).allMatch(Frame::isCanonical);
    assertThat(frames).allMatch(frame -> frame.seq() == Api.seq(frame.tree()));
    assertThat(API.get(answer.field("stateUrl")).object())
        .isEqualTo(API.get("/runs/" + run + "/state").object());
  }

  @ParameterizedTest
  @ValueSource(strings = {"instant", "step", "timed&speed=1000"})
  void replaysEverythingAndEnds(String mode) {
    assertThat(frames("/runs/" + run + "/replay/stream?mode=" + mode).stream().map(Frame::tree))
        .isEqualTo(API.events(run));
  }

  @Test
  void describesATimedReplayWithoutABody() {
    assertThat(API.post("/runs/" + run + "/replay").object())
        .containsEntry("mode", "timed")
        .containsEntry("speed", 1)
        .containsEntry("streamUrl", "/runs/" + run + "/replay/stream?mode=timed&speed=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode | \"fast\" | mode must be",
        "mode | 1 | mode must be",
        "speed | 0 | speed must be",
        "speed | \"1\" | speed must be",
        "speed | 1000001 | speed must be",
        "fromSeq | 0 | fromSeq must be",
        "fromSeq | 1.5 | fromSeq must be",
        "toSeq | -3 | toSeq must be",
        "pace | 1 | property pace should not exist",
      })
  void namesTheWrongField(String field, String value, String message) {
    Answer answer =
        API.postText("/runs/" + run + "/replay", "{\"%s\":%s}".formatted(field, value))
            .isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).singleElement().asString().startsWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream?mode=fast",
        "stream?speed=0.05",
        "stream?speed=NaN",
        "stream?fromSeq=0",
        "stream?toSeq=x",
        "stream?toSeq=1&fromSeq=2",
        "state?seq=x",
        "state?seq=-1",
        "state?seq=1.5"
      })
  void namesTheWrongParameter(String path) {
    Answer answer = API.get("/runs/" + run + "/replay/" + path).isError(400, "VALIDATION_ERROR");

    String name = path.substring(path.indexOf('?') + 1, path.indexOf('='));
    assertThat(answer.messages()).singleElement().asString().startsWith(name + " must be");
  }

  @Test
  void refusesWhatIsNoRun() {
    API.post("/runs/" + UNKNOWN + "/replay").isError(404, "RUN_NOT_FOUND");
    API.get("/runs/" + UNKNOWN + "/replay/stream").isError(404, "RUN_NOT_FOUND");
    API.get("/runs/" + UNKNOWN + "/replay/state?seq=1").isError(404, "RUN_NOT_FOUND");
    API.post("/runs/no-uuid/replay").isError(400, "VALIDATION_ERROR");
    API.get("/runs/no-uuid/replay/stream").isError(400, "VALIDATION_ERROR");
  }

  @Test
  void knowsTheStateAtEachEvent() {
    List<Map<String, @Nullable Object>> all = API.events(run);
    for (int i = 0; i < all.size(); i += 5) {
      long seq = Api.seq(all.get(i));
      Map<String, @Nullable Object> state =
          API.get("/runs/" + run + "/replay/state?seq=" + seq).object();
      assertThat(Api.inside(state, "timeline", "latestSeq")).isEqualTo((int) seq);
      assertThat(Api.inside(state, "timeline", "totalEvents")).isEqualTo(i + 1);
    }
    assertThat(API.get("/runs/" + run + "/replay/state?seq=999999").object())
        .isEqualTo(API.get("/runs/" + run + "/state").object());
    assertThat(
            Api.inside(API.get("/runs/" + run + "/replay/state?seq=0").object(), "run", "status"))
        .isEqualTo("queued");
  }

  @Test
  void listsAllEventsByCursor() {
    Set<String> met = new HashSet<>();
    Answer page = API.get("/events?limit=40");
    assertThat(page.object()).containsKeys("data", "total", "limit", "cursor", "nextCursor");
    int more = add(met, page);
    while (more > 0) {
      page = API.get("/events?limit=40&cursor=" + page.field("cursor"));
      more = add(met, page);
    }
    assertThat(met).containsAll(API.events(run).stream().map(ReplayIT::id).toList());

    String next = API.startDemo("fraud-approve");
    API.awaitStatus(next, "completed");
    List<String> wanted = new ArrayList<>(API.events(next).stream().map(ReplayIT::id).toList());
    String[] cursor = {page.field("cursor")};
    Patience.until(
        () -> "the feed shows " + wanted.size() + " more events",
        () -> {
          Answer tail = API.get("/events?limit=40&cursor=" + cursor[0]);
          int unused = add(met, tail);
          cursor[0] = tail.field("cursor");
          return met.containsAll(wanted);
        });
  }

  private static int add(Set<String> met, Answer page) {
    List<Map<String, @Nullable Object>> events = Api.objects(page.object().get("data"));
    for (Map<String, @Nullable Object> event : events) {
      assertThat(met.add(id(event))).as("repeated %s", event).isTrue();
    }
    return events.size();
  }

  private static String id(Map<String, @Nullable Object> event) {
    return String.valueOf(event.get("id"));
  }

  @Test
  void filtersAllEvents() {
    assertThat(total("runId=" + run)).isEqualTo(API.events(run).size());
    assertThat(API.get("/events?runId=" + run).object()).doesNotContainKey("cursor");
    assertThat(total("runId=" + run + "&type=run.created,run.completed")).isEqualTo(2);
    assertThat(total("runId=" + run + "&afterSeq=1")).isEqualTo(API.events(run).size() - 1);
    assertThat(total("runId=" + run + "&beforeTs=2020-01-01")).isZero();
    assertThat(total("runId=" + UNKNOWN)).isZero();
    assertThat(total("afterTs=2999-01-01")).isZero();
    assertThat(total("type=no.such")).isZero();
    assertThat(total("scenarioRef=no-such-scenario")).isZero();
    assertThat(API.get("/events").object()).containsEntry("limit", 500);
    assertThat(API.get("/events?limit=5000").object()).containsEntry("limit", 1_000);
    assertThat(API.get("/events?runId=" + run + "&limit=1").object())
        .containsEntry("nextCursor", 1);
  }

  private static long total(String query) {
    Answer answer = API.get("/events?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.object().get("total") instanceof Number number ? number.longValue() : -1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runId=x",
        "afterSeq=-1",
        "limit=0",
        "afterTs=x",
        "beforeTs=2024-02-31",
        "cursor=x",
        "cursor=%00",
        "scenarioRef=%00"
      })
  void namesTheWrongParameterOfAllEvents(String query) {
    Answer answer = API.get("/events?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  @Test
  void refusesACursorOfOtherParameters() {
    String cursor = API.get("/events?type=run.created&limit=1").field("cursor");

    assertThat(API.get("/events?limit=9&type=run.created&cursor=" + cursor).status())
        .isEqualTo(200);
    API.get("/events?cursor=" + cursor).isError(400, "VALIDATION_ERROR");
    API.get("/events?runId=" + run + "&cursor=" + cursor).isError(400, "VALIDATION_ERROR");
  }

  private static List<Frame> frames(String path) {
    try (EventStream stream = EventStream.open(SERVER.uri(path))) {
      return stream.rest().stream().filter(frame -> !frame.event().equals("heartbeat")).toList();
    }
  }
}
