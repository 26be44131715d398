// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.EventReadStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends the recorded events of a run again (control-plane contract, section 4.4). Runs on a thread
 * of its own, waits in small steps so that a stop of the server and the end of the client's right
 * are noticed, and ends with the log as it was at the beginning, also of a run that goes on.
 */
final class ReplayReader {
  private static final Duration STEP = Duration.ofMillis(200);

  private final UUID runId;
  private final ReplayWish wish;
  private final Line line;
  private final EventReadStore events;
  private final Place place;
  private @Nullable Instant previous;

  ReplayReader(UUID runId, ReplayWish wish, Line line, EventReadStore events, Place place) {
    this.runId = runId;
    this.wish = wish;
    this.line = line;
    this.events = events;
    this.place = place;
  }

  /**
   * Sends everything that was asked for.
   *
   * @param lastSeq the last number of the run when the replay began
   */
  void serve(long lastSeq) throws InterruptedException {
    line.open();
    long last = Math.min(lastSeq, wish.toSeq().orElse(lastSeq));
    long position = wish.fromSeq().orElse(1L) - 1;
    int size = place.hub().replay().batchSize();
    boolean more = true;
    while (more && position < last && !place.isOver()) {
      List<RecordedEvent> page = events.listAfter(runId, position, size);
      for (RecordedEvent event : page) {
        if (event.seq() > last || place.isOver()) {
          return;
        }
        send(event);
        position = event.seq();
      }
      more = page.size() == size;
    }
  }

  private void send(RecordedEvent event) throws InterruptedException {
    if (previous != null) {
      waitFor(wish.pause(previous, event.ts(), place.hub().replay().maxDelay()));
    }
    previous = event.ts();
    if (place.isOver()) {
      return;
    }
    line.send(new Frame(event).text());
  }

  private void waitFor(Duration pause) throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (left > 0 && !place.isOver()) {
      Thread.sleep(Duration.ofNanos(Math.min(left, STEP.toNanos())));
      if (line.silence() >= place.hub().config().heartbeat().toNanos()) {
        line.heartbeat();
      }
      left = until - System.nanoTime();
    }
  }
}
