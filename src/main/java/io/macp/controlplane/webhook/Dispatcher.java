// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.meter.Level;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. One loop claims, on one virtual thread per delivery; each subscription has a
 * number of places of its own, so that one that is slow stalls only itself. Woken by commits, by
 * finished attempts and by the time of its next retry; looks by itself every second for what other
 * instances left. Thread-safe.
 */
@SharedInstance
public final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final double MILLIS = 1e3;
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final QueueStore queue;
  private final Sender sender;
  private final Desk desk;
  private final Clock clock;
  private final Ids ids;
  private final WebhookConfig config;
  private final Lanes lanes = new Lanes();
  private volatile QueueStore.@Nullable Backlog backlog;
  private long looked;
  private final NavigableSet<Instant> retries = new ConcurrentSkipListSet<>();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean ended;

  @Inject
  Dispatcher(QueueStore queue, Sender sender, Desk desk, Settings settings, Clock clock, Ids ids) {
    this.queue = queue;
    this.sender = sender;
    this.desk = desk;
    this.clock = clock;
    this.ids = ids;
    this.config = WebhookConfig.read(settings);
  }

  /** Where attempts run, what counts them, and whose they are. */
  @SharedInstance
  static final class Desk {
    private final Background background;
    private final Meters meters;
    private final WebhookStore webhooks;

    @Inject
    Desk(Background background, Meters meters, WebhookStore webhooks) {
      this.background = background;
      this.meters = meters;
      this.webhooks = webhooks;
    }
  }

  /** Begins to send, once. */
  public void begin() {
    desk.meters.watch(Level.WEBHOOK_QUEUE, this::waiting);
    desk.meters.watch(Level.WEBHOOK_AGE, this::oldest);
    desk.background.start(this::run);
  }

  /** Begins no further attempt and waits for those under way, at most so long. */
  public void end(Duration bound) throws InterruptedException {
    ended = true;
    wake();
    lanes.awaitIdle(bound);
  }

  /** Something may be due now. */
  void wake() {
    wake.release();
  }

  /** A lease that begins now. */
  QueueStore.Lease lease() {
    return new QueueStore.Lease(
        ids.next(), clock.instant().plus(config.timeout()).plus(LEASE_MARGIN));
  }

  private void run() {
    seal();
    boolean reachable = true;
    while (!ended) {
      Duration rest = LONGEST_REST;
      try {
        claim();
        look();
        rest = untilNextDue();
        reachable = true;
      } catch (DatabaseFailure e) {
        if (reachable) {
          LOG.log(System.Logger.Level.WARNING, "webhooks wait: {0}", e.getMessage());
        }
        reachable = false;
      }
      rest(rest);
    }
  }

  /** Secrets that were kept as they are stay so without a key, which somebody should know. */
  private void seal() {
    try {
      Vault vault = new Vault(config.secretKey());
      if (vault.hasKey()) {
        int sealed = desk.webhooks.seal(vault);
        if (sealed > 0) {
          LOG.log(System.Logger.Level.INFO, "webhooks: sealed the secrets of {0}", sealed);
        }
        return;
      }
      long plain = desk.webhooks.countUnsealed();
      if (plain > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "webhooks: {0} secrets are stored as they are because {1} is not set",
            plain,
            WebhookConfig.SECRET_KEY);
      }
    } catch (DatabaseFailure e) {
      LOG.log(System.Logger.Level.WARNING, "webhooks: secrets not sealed: {0}", e.getMessage());
    }
  }

  /** Now and then, because it counts all that wait. */
  private void look() {
    if (backlog == null || System.nanoTime() - looked >= LOOK.toNanos()) {
      backlog = queue.backlog();
      looked = System.nanoTime();
    }
  }

  private long waiting() {
    QueueStore.Backlog last = backlog;
    return last == null ? 0 : last.pending();
  }

  private double oldest() {
    QueueStore.Backlog last = backlog;
    return last == null
        ? 0
        : last.oldest()
            .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis()) / MILLIS)
            .orElse(0.0);
  }

  private void claim() {
    for (UUID webhook : queue.listDue(clock.instant())) {
      int places = lanes.free(webhook);
      if (places > 0 && !ended) {
        for (QueueStore.Claimed claimed : queue.claim(webhook, places, lease(), clock.instant())) {
          lanes.enter(webhook);
          desk.background.start(() -> deliver(claimed));
        }
      }
    }
  }

  private void deliver(QueueStore.Claimed claimed) {
    try {
      report(claimed, sender.attempt(claimed.webhook(), claimed.delivery()));
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "delivery {0}: its outcome is not kept, so it is sent again: {1}",
          claimed.delivery().id(),
          e.getMessage());
    } finally {
      lanes.leave(claimed.webhook().id());
      wake();
    }
  }

  /** Keeps and counts what an attempt led to. */
  void report(QueueStore.Claimed claimed, Attempt attempt) {
    boolean kept = lanes.recording(() -> queue.report(claimed, attempt));
    if (attempt.status() == Delivery.Status.PENDING) {
      retries.add(attempt.at().plus(attempt.pause()));
      return;
    }
    if (!kept) {
      return;
    }
    desk.meters.webhookDelivery(attempt.status().wireName());
    if (attempt.status() == Delivery.Status.FAILED) {
      LOG.log(
          System.Logger.Level.WARNING,
          "delivery {0} to webhook {1} failed for good: {2}",
          claimed.delivery().id(),
          claimed.webhook().id(),
          attempt.reason().orElse(""));
    }
  }

  /** Our own retries are due to the moment; what others left is found a little later. */
  private Duration untilNextDue() {
    Instant now = clock.instant();
    retries.headSet(now, /* inclusive= */ true).clear();
    Instant next = Optional.ofNullable(retries.ceiling(now)).orElse(now.plus(LONGEST_REST));
    Duration left = Duration.between(now, next);
    return left.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : left;
  }

  private void rest(Duration most) {
    try {
      if (wake.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
  }
}
