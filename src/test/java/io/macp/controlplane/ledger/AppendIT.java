// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.testing.TestDataSource.CommitFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Facts from outside: what the log keeps of them, and that the folds follow. */
class AppendIT {
  private static final int WRITERS = 16;

  @AutoClose private static Spine spine = Spine.start();

  @Test
  void numbersEachRunWithoutGapOrRepeatUnderManyWriters() throws Exception {
    List<UUID> runs = IntStream.range(0, 4).mapToObj(i -> running("writers-" + i)).toList();

    concurrently(
        writer -> {
          Random chance = new Random(writer);
          for (int batch = 0; batch < 12; batch++) {
            UUID run = runs.get(chance.nextInt(runs.size()));
            String prefix = writer + "-" + batch + "-";
            spine.ledger().record(run, votes(prefix, 1 + chance.nextInt(4)));
          }
        });

    for (UUID run : runs) {
      log(run).requireSound();
      assertThat(log(run).count("message.received")).isEqualTo(log(run).raws());
    }
  }

  @Test
  void recordsNothingTwice() throws Exception {
    UUID run = running("duplicates");
    List<RawEvent> history = votes("m", 40);
    spine.ledger().record(run, history);
    long last = lastSeq(run);

    concurrently(
        writer -> {
          List<RawEvent> shuffled = new ArrayList<>(history);
          Collections.shuffle(shuffled, new Random(writer));
          spine.ledger().record(run, shuffled.subList(0, 20));
          spine.ledger().record(run, history);
        });

    assertThat(lastSeq(run)).isEqualTo(last);
    assertThat(position(run)).isEqualTo(40);
    log(run).requireSound();
  }

  @Test
  void recordsOnceWhatManyBringAtTheSameTime() throws Exception {
    UUID run = running("race");
    List<RawEvent> history = votes("m", 40);

    concurrently(
        writer -> {
          List<RawEvent> mine = new ArrayList<>(history);
          mine.addAll(history.subList(10, 30));
          spine.ledger().record(run, mine);
        });

    assertThat(log(run).raws()).isEqualTo(40);
    assertThat(position(run)).isEqualTo(40);
    log(run).requireSound();
  }

  @Test
  void countsSessionEnvelopesAloneAsStreamPosition() {
    UUID run = running("position");

    spine
        .ledger()
        .record(
            run,
            List.of(
                new RawEvent.StreamStatus(Requests.now(), "position", "opened", Optional.empty()),
                vote("a"),
                Frames.ambient("agent://a", "Progress", "a", "{\"progress\":0.5}", "{}"),
                new RawEvent.StreamInlineError(Requests.now(), "X", "m", "position", "a"),
                vote("b"),
                vote("a")));

    assertThat(position(run)).isEqualTo(2);
    log(run).requireSound();
  }

  @Test
  void keepsNothingOfATransactionThatWasLost() {
    UUID run = running("lost");
    long last = lastSeq(run);
    List<RawEvent> facts = new ArrayList<>(votes("m", 3));
    facts.add(state("lost", SessionState.RESOLVED));

    spine.dataSource().failNextCommit(CommitFault.LOST);
    assertThatThrownBy(() -> spine.ledger().record(run, facts)).isInstanceOf(DatabaseFailure.class);

    assertThat(lastSeq(run)).isEqualTo(last);
    assertThat(log(run).raws()).isZero();
    assertThat(position(run)).isZero();
    assertThat(spine.runs().find(run).orElseThrow().endedAt()).isNull();
    log(run).requireSound();

    spine.ledger().record(run, facts);

    assertThat(position(run)).isEqualTo(3);
    log(run).requireSound();
  }

  @Test
  void addsNothingWhenAnUnansweredCommitIsRepeated() {
    UUID run = running("unanswered");
    List<RawEvent> facts = votes("m", 3);

    spine.dataSource().failNextCommit(CommitFault.UNANSWERED);
    assertThatThrownBy(() -> spine.ledger().record(run, facts)).isInstanceOf(DatabaseFailure.class);
    long last = lastSeq(run);
    spine.ledger().record(run, facts);

    assertThat(lastSeq(run)).isEqualTo(last);
    assertThat(position(run)).isEqualTo(3);
    log(run).requireSound();
  }

  @Test
  void opensNothingWhenTheTransactionWasLost() {
    NewRun run = Requests.keyed("never", "never");

    spine.dataSource().failNextCommit(CommitFault.LOST);
    assertThatThrownBy(() -> spine.ledger().open(run)).isInstanceOf(DatabaseFailure.class);

    assertThat(spine.runs().find(run.id())).isEmpty();
    assertThat(spine.ledger().open(run)).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void storesOddAndVeryLongContent() {
    UUID run = running("odd");
    String odd = "nul \u0000 half \ud800 pair \ud83d\ude00 " + "x".repeat(10_000);
    List<RawEvent> facts = new ArrayList<>();
    facts.add(message(odd, odd, odd, Payload.builder().put(odd, odd).put("text", odd).build()));
    facts.add(message(odd, odd, odd, Payload.EMPTY));
    facts.add(message("", "", "", Payload.EMPTY));
    facts.add(new RawEvent.StreamInlineError(Requests.now(), odd, odd, odd, odd, List.of(odd)));
    facts.add(new RawEvent.StreamStatus(Requests.now(), odd, odd, Optional.of(odd)));
    facts.add(
        message("signal", "Signal", "agent://a", Payload.builder().put("signalType", odd).build()));

    spine.ledger().record(run, facts);

    assertThat(log(run).raws()).isEqualTo(5);
    assertThat(position(run)).isEqualTo(3);
    log(run).requireSound();
  }

  @Test
  void storesNumbersOfAnySizeAndFoldsThemAlike() {
    UUID run = running("numbers");
    String json =
        "{\"confidence\":1e20,\"large\":123456789012345678901234567890,\"small\":1e-300,"
            + "\"huge\":1e308,\"one\":1.0,\"zero\":-0.0,\"signalType\":\"n\"}";

    spine.ledger().record(run, List.of(Frames.message("agent://a", "Signal", "s", json)));
    spine.ledger().record(run, List.of(Frames.message("agent://a", "Vote", "v", json)));

    log(run).requireSound();
  }

  @Test
  void takesUpAgainARunWhoseContentIsNestedDeeply() throws Exception {
    UUID run = running("deep");
    String json = "{\"signalType\":\"deep\",\"data\":" + "[".repeat(98) + "]".repeat(98) + "}";
    Payload deep = Payload.of(Json.readObject(json));

    spine.ledger().record(run, List.of(message("deep", "Signal", "agent://a", deep)));
    spine.ledger().record(run, List.of(vote("after")));

    assertThat(position(run)).isEqualTo(2);
    log(run).requireSound();
  }

  @Test
  void bindsASessionOfAThousandParticipants() {
    NewRun run = Requests.run("crowd");
    spine.ledger().open(run);
    List<String> crowd = IntStream.range(0, 1_000).mapToObj(i -> "agent://" + i).toList();

    spine
        .ledger()
        .execute(
            run.id(),
            new Command.BindSession(
                Requests.now(), Requests.session("crowd", SessionState.OPEN, crowd)));
    spine.ledger().record(run.id(), votes("m", 3));

    assertThat(log(run.id()).count("participant.seen")).isEqualTo(1_001);
    log(run.id()).requireSound();
  }

  @Test
  void rebuildsFoldsThatAnotherReleaseStored() {
    UUID run = running("old");
    spine.ledger().record(run, votes("m", 5));
    spine.change(
        "update run_projections set schema_version = 2, graph = '{}' where run_id = ?", run);

    spine.ledger().record(run, votes("n", 1));

    log(run).requireSound();
  }

  private static UUID running(String session) {
    NewRun run = Requests.run(session);
    spine.ledger().open(run);
    spine
        .ledger()
        .execute(
            run.id(),
            new Command.BindSession(Requests.now(), Requests.session(session, SessionState.OPEN)));
    spine.ledger().execute(run.id(), new Command.AttachStream(Requests.now()));
    return run.id();
  }

  private static RunLog log(UUID run) {
    return new RunLog(spine, run);
  }

  private static long lastSeq(UUID run) {
    return spine.runs().find(run).orElseThrow().lastEventSeq();
  }

  private static long position(UUID run) {
    return spine.runs().findSession(run).orElseThrow().streamPosition();
  }

  private static RawEvent vote(String messageId) {
    return Frames.message(
        "agent://b", "Vote", messageId, "{\"proposalId\":\"p\",\"vote\":\"APPROVE\"}");
  }

  private static List<RawEvent> votes(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> vote(prefix + i)).toList();
  }

  private static RawEvent message(String id, String type, String sender, Payload payload) {
    return new RawEvent.StreamEnvelope(
        Requests.now(),
        RawEvent.Origin.SESSION,
        new Envelope("1.0", "mode\u0000", type, id, "s", sender, Long.MAX_VALUE, ""),
        payload,
        Optional.empty());
  }

  private static RawEvent state(String session, SessionState state) {
    return new RawEvent.SessionSnapshot(Requests.now(), Requests.session(session, state));
  }

  @FunctionalInterface
  private interface Writer {
    void write(int writer);
  }

  private static void concurrently(Writer work) throws Exception {
    List<Callable<Map<String, String>>> calls =
        IntStream.range(0, WRITERS)
            .<Callable<Map<String, String>>>mapToObj(
                i ->
                    () -> {
                      work.write(i);
                      return Map.of();
                    })
            .toList();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Map<String, String>> written : writers.invokeAll(calls)) {
        written.get();
      }
    }
  }
}
