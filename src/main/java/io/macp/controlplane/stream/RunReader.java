// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.projection.RunState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Serves one client of one run: snapshot, what it missed, then live (control-plane contract,
 * sections 4.1 to 4.3). It was registered with the topic before it read anything, so nothing falls
 * between. Runs on a thread of its own.
 */
final class RunReader {
  /** Few, because a client that does not read on holds a page back until it is let go. */
  private static final int PAGE = 50;

  private final UUID runId;
  private final Wish wish;
  private final RunTopic topic;
  private final Line line;
  private final Sources sources;
  private long position;
  private long snapshotSeq;
  private long snapshotAt;
  private boolean ended;

  RunReader(UUID runId, Wish wish, RunTopic topic, Line line, Sources sources) {
    this.runId = runId;
    this.wish = wish;
    this.topic = topic;
    this.line = line;
    this.sources = sources;
  }

  /**
   * What the client asked for.
   *
   * @param afterSeq resume after this number; 0 for none
   * @param snapshots whether read models are sent
   * @param extended whether events beyond the contract's may be sent
   * @param heartbeat silence after which it wants to hear something
   */
  record Wish(long afterSeq, boolean snapshots, boolean extended, Duration heartbeat) {}

  /** Where a reader reads from. */
  record Sources(RunReadStore runs, EventReadStore events, RunHistory history, Place place) {}

  void serve() throws InterruptedException {
    line.open();
    if (wish.snapshots()) {
      stored();
    }
    // Read after the snapshot: a run that ends between the two has its end still to be sent.
    RunRecord run = read(() -> sources.runs().find(runId)).orElseThrow();
    position = start(run.lastEventSeq());
    fromLog(run.lastEventSeq());
    if (sources.place().isOver()) {
      return;
    }
    topic.grown(run.lastEventSeq());
    if (run.status().isTerminal()) {
      if (position > snapshotSeq) {
        snapshot();
      }
      end();
      linger();
    } else {
      live();
    }
  }

  /** A number beyond the log, from another run or database, would hide everything that follows. */
  private long start(long lastSeq) {
    long known = wish.snapshots() ? snapshotSeq : lastSeq;
    return wish.afterSeq() > 0 ? Math.min(wish.afterSeq(), known) : known;
  }

  private void live() throws InterruptedException {
    while (!sources.place().isOver()) {
      Stretch stretch = topic.after(position, RunTopic.bounded(patience()));
      if (stretch.isBehind()) {
        fromLog(stretch.upTo());
      }
      // What is left out of the log now must not be jumped over: the client resumes after it.
      if (sources.place().isOver()) {
        return;
      }
      if (!stretch.isBehind()) {
        send(stretch);
      }
      if (ended) {
        snapshot();
        end();
        return;
      }
      if (isSnapshotDue()) {
        snapshot();
      }
      heartbeat();
    }
  }

  /** Everything between the position and a number, from the log. */
  private void fromLog(long upTo) throws InterruptedException {
    while (position < upTo && !sources.place().isOver()) {
      long after = position;
      List<Frame> page = read(() -> frames(sources.events().listAfter(runId, after, PAGE)));
      send(page);
      if (page.size() < PAGE) {
        position = Math.max(position, upTo);
      }
    }
  }

  private void send(Stretch stretch) {
    if (!stretch.frames().isEmpty()) {
      line.send(stretch.text());
      ended |= stretch.isLast();
    }
    position = Math.max(position, stretch.upTo());
  }

  private void send(List<Frame> page) {
    if (!page.isEmpty()) {
      line.send(StreamText.joined(page));
      position = page.getLast().seq();
      ended |= page.stream().anyMatch(Frame::isLast);
    }
  }

  private boolean isSnapshotDue() {
    return wish.snapshots() && position > snapshotSeq && untilSnapshot() <= 0;
  }

  private long untilSnapshot() {
    return snapshotAt
        + sources.place().hub().config().snapshotEvery().toNanos()
        - System.nanoTime();
  }

  /** The newest read model, unless it is older than what was sent. */
  private void snapshot() throws InterruptedException {
    if (!wish.snapshots()) {
      return;
    }
    Snapshot newest = topic.snapshot();
    if (newest == null || newest.seq() < position) {
      stored();
    } else if (newest.seq() > snapshotSeq) {
      send(newest);
    } else {
      snapshotSeq = position;
    }
  }

  private void stored() throws InterruptedException {
    RunState state = read(() -> sources.history().now(runId));
    send(Snapshot.of(state));
  }

  private void send(Snapshot snapshot) {
    line.send(snapshot.text());
    snapshotSeq = Math.max(snapshot.seq(), position);
    snapshotAt = System.nanoTime();
  }

  private static List<Frame> frames(List<RecordedEvent> events) {
    return events.stream().map(Frame::new).toList();
  }

  private <T> T read(Supplier<T> from) throws InterruptedException {
    return sources.place().hub().reading(from);
  }

  private void end() {
    if (wish.extended()) {
      line.mark("end", position);
    }
  }

  /** A client that reopens after each close would come back every second: stay for a while. */
  private void linger() throws InterruptedException {
    long until = System.nanoTime() + sources.place().hub().config().linger().toNanos();
    while (!sources.place().isOver() && System.nanoTime() - until < 0) {
      Stretch late = topic.after(position, RunTopic.bounded(wish.heartbeat()));
      if (late.upTo() > position) {
        fromLog(late.upTo());
      }
      heartbeat();
    }
  }

  private void heartbeat() {
    if (line.silence() >= wish.heartbeat().toNanos()) {
      line.heartbeat();
    }
  }

  private Duration patience() {
    long wait = wish.heartbeat().toNanos() - line.silence();
    if (wish.snapshots() && position > snapshotSeq) {
      wait = Math.min(wait, untilSnapshot());
    }
    return Duration.ofNanos(Math.max(0, wait));
  }
}
