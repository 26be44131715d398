// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.TestDataSource.CommitFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries, from the change of a run to the receiver (control-plane contract, section 11). */
class DispatchIT {
  @AutoClose private static Spine spine = Spine.start();
  private static Post post;

  private HookReceiver receiver;

  @BeforeAll
  static void prepare() {
    post = new Post(spine, Map.of());
    spine.writeTo(new WebhookOutbox(post.deliveries));
  }

  @BeforeEach
  void openReceiver() {
    receiver = HookReceiver.open();
  }

  @AfterEach
  void forget() {
    receiver.close();
    spine.change("delete from webhooks");
    spine.clear();
  }

  private List<String> events(UUID run) {
    return receiver.calls().stream()
        .filter(call -> call.body().contains(run.toString()))
        .map(call -> call.header("x-macp-event"))
        .toList();
  }

  @Test
  void sendsWhatHappenedInOrderAndSigned() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    UUID run = post.finished();

    post.serve(webhook);

    assertThat(events(run))
        .containsExactly("run.started", "run.suspended", "run.resumed", "run.completed");
    HookReceiver.Call call = receiver.calls().getFirst();
    byte[] body = call.body().getBytes(UTF_8);
    Delivery first = post.all(webhook).getFirst();
    assertThat(call.header("content-type")).isEqualTo("application/json");
    assertThat(call.header("x-macp-delivery")).isEqualTo(first.id().toString());
    assertThat(call.header("webhook-id")).isEqualTo(first.id().toString());
    assertThat(call.header("x-macp-timestamp")).isEqualTo(call.header("webhook-timestamp"));
    assertThat(call.header("x-macp-signature")).isEqualTo(Signatures.contract("secret", body));
    assertThat(call.header("webhook-signature"))
        .isEqualTo(
            Signatures.standard(
                List.of("secret"),
                call.header("webhook-id"),
                Long.parseLong(call.header("webhook-timestamp")),
                body));
    assertThat(Json.readTree(call.body()))
        .containsEntry("event", "run.started")
        .containsEntry("runId", run.toString())
        .containsEntry("status", "running")
        .containsKey("timestamp")
        .hasSize(4);
    assertThat(first.attempts()).isEqualTo(1);
    assertThat(first.result().responseStatus()).contains(204);
    assertThat(first.result().deliveredAt()).isPresent();
  }

  @Test
  void tellsOnlyOfWhatWasAskedForWhileTheSubscriptionIsActive() {
    Webhook some = post.subscribe(receiver.url(), "run.completed");
    Webhook idle = post.subscribe(receiver.url());
    post.webhooks.update(
        idle.id(),
        before ->
            new Webhook(
                before.id(),
                before.url(),
                before.events(),
                before.secrets(),
                false,
                before.times()));

    post.finished();

    assertThat(post.all(some)).extracting(Delivery::event).containsExactly("run.completed");
    assertThat(post.all(idle)).isEmpty();
  }

  @Test
  void triesAgainInOrderAndKeepsWhatFailedForGood() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    receiver.answers(
        call -> {
          int count = seen.merge(call.header("x-macp-delivery"), 1, Integer::sum);
          boolean suspended = call.header("x-macp-event").equals("run.suspended");
          return suspended || count < 3 ? 500 : 200;
        });
    UUID run = post.finished();

    post.serve(webhook);

    assertThat(post.statuses(webhook))
        .containsExactly("delivered", "failed", "delivered", "delivered");
    assertThat(events(run))
        .containsExactly(
            "run.started",
            "run.started",
            "run.started",
            "run.suspended",
            "run.suspended",
            "run.suspended",
            "run.resumed",
            "run.resumed",
            "run.resumed",
            "run.completed",
            "run.completed",
            "run.completed");
    Delivery failed = post.all(webhook).get(1);
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.result().responseStatus()).contains(500);
    assertThat(failed.result().errorMessage()).contains("the receiver answered 500");
  }

  @Test
  void neitherFollowsARedirectNorAsksAgainAfterGone() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    receiver.answers(call -> call.header("x-macp-event").equals("run.started") ? 302 : 410);
    post.running();
    post.serve(webhook);
    assertThat(receiver.calls()).hasSize(3);
    post.finished();

    post.serve(webhook);

    List<Delivery> all = post.all(webhook);
    assertThat(all.getFirst().result().errorMessage()).contains("the receiver answered 302");
    assertThat(all.getLast().attempts()).isEqualTo(1);
    assertThat(all.getLast().result().errorMessage()).contains("the receiver answered 410");
  }

  @Test
  void sendsNothingToAnAddressThatIsNotAllowed() throws InterruptedException {
    Webhook webhook = post.subscribe("http://169.254.169.254/latest/meta-data");
    post.running();

    post.serve(webhook);

    Delivery refused = post.all(webhook).getFirst();
    assertThat(refused.status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(refused.result().errorMessage())
        .contains(
            "not sent: the url must not lead to a link-local or metadata address unless"
                + " OUTBOUND_ALLOWED_HOSTS allows it");
  }

  @Test
  void writesDeliveriesExactlyWithTheChange() {
    Webhook webhook = post.subscribe(receiver.url());
    UUID run = post.running();
    spine.dataSource().failNextCommit(CommitFault.LOST);

    assertThatThrownBy(() -> post.change(run, suspend())).isNotNull();
    assertThat(post.all(webhook)).extracting(Delivery::event).containsExactly("run.started");
    post.change(run, suspend());

    assertThat(post.all(webhook))
        .extracting(Delivery::event)
        .containsExactly("run.started", "run.suspended");
  }

  private static io.macp.controlplane.run.Command suspend() {
    return new io.macp.controlplane.run.Command.SuspendRun(Spine.CLOCK.instant());
  }

  @Test
  void undoesTheChangeWhenAnOutboxFails() {
    UUID run = post.running();
    boolean[] failing = {true};
    spine.writeTo(
        (connection, before, commit) -> {
          if (failing[0]) {
            throw new SQLException("full", "53100");
          }
        });

    assertThatThrownBy(() -> post.change(run, suspend())).isNotNull();
    failing[0] = false;

    assertThat(spine.text("select status from runs where id = ?", run)).isEqualTo("running");
  }

  @Test
  void stallsNobodyWithAReceiverThatIsSlow() throws InterruptedException {
    HookReceiver slow = HookReceiver.open();
    slow.answers(call -> 0);
    Webhook stalled = post.subscribe(slow.url());
    Webhook quick = post.subscribe(receiver.url());
    for (int i = 0; i < 3 * Lanes.PLACES; i++) {
      post.running();
    }
    Dispatcher dispatcher = post.dispatcher();
    long begin = System.nanoTime();

    dispatcher.begin();
    Post.await("the quick one heard all", () -> !post.statuses(quick).contains("pending"));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(post.statuses(stalled)).contains("pending");
    assertThat(slow.calls().size()).isLessThanOrEqualTo(2 * Lanes.PLACES);
    Post.end(dispatcher);
    slow.close();
  }

  @Test
  void takesUpWhatAnInstanceThatDiedHadClaimed() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    UUID run = post.finished();
    QueueStore.Lease lost =
        new QueueStore.Lease(UUID.randomUUID(), Spine.CLOCK.instant().plusMillis(700));
    List<QueueStore.Claimed> claimed =
        post.queue.claim(webhook.id(), 10, lost, Spine.CLOCK.instant());
    assertThat(claimed).hasSize(1);

    post.serve(webhook);

    assertThat(events(run))
        .containsExactly("run.started", "run.suspended", "run.resumed", "run.completed");
    Attempt late =
        new Attempt(
            Delivery.Status.FAILED,
            Spine.CLOCK.instant(),
            Optional.empty(),
            Optional.of("late"),
            Duration.ZERO);
    assertThat(post.queue.report(claimed.getFirst(), late)).isFalse();
    assertThat(post.statuses(webhook)).containsOnly("delivered");
  }

  @Test
  void sendsEachOnceFromSeveralInstancesAndInOrder() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    List<Dispatcher> instances = List.of(post.dispatcher(), post.dispatcher(), post.dispatcher());
    instances.forEach(Dispatcher::begin);
    Map<UUID, Integer> runs = new HashMap<>();

    for (int i = 0; i < 40; i++) {
      runs.put(post.finished(), 4);
      instances.forEach(Dispatcher::wake);
    }
    Post.await("all sent", () -> !post.statuses(webhook).contains("pending"));

    for (UUID run : runs.keySet()) {
      assertThat(events(run))
          .containsExactly("run.started", "run.suspended", "run.resumed", "run.completed");
    }
    for (Dispatcher instance : instances) {
      Post.end(instance);
    }
  }

  @Test
  void signsWithBothSecretsWhileOneIsReplaced() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    post.webhooks.update(
        webhook.id(),
        before ->
            new Webhook(
                before.id(),
                before.url(),
                before.events(),
                before.secrets().changedTo("next", Spine.CLOCK.instant().plusSeconds(60)),
                true,
                before.times()));
    post.running();

    post.serve(webhook);

    HookReceiver.Call call = receiver.calls().getFirst();
    byte[] body = call.body().getBytes(UTF_8);
    assertThat(call.header("x-macp-signature")).isEqualTo(Signatures.contract("next", body));
    assertThat(call.header("webhook-signature"))
        .isEqualTo(
            Signatures.standard(
                List.of("next", "secret"),
                call.header("webhook-id"),
                Long.parseLong(call.header("webhook-timestamp")),
                body));
  }

  @Test
  void sendsAgainWhatFailedWhenAsked() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    receiver.answers(call -> 410);
    UUID run = post.finished();
    post.serve(webhook);
    assertThat(post.statuses(webhook)).containsOnly("failed");
    receiver.answers(call -> 200);
    Dispatcher dispatcher = post.dispatcher();
    Deliveries log = post.log(dispatcher);

    assertThat(log.redeliver(webhook, post.all(webhook).getLast().id()).status())
        .isEqualTo(Delivery.Status.PENDING);
    assertThat(log.redeliverFailed(webhook)).isEqualTo(3);
    post.serve(webhook);

    assertThat(post.statuses(webhook)).containsOnly("delivered");
    assertThat(events(run).subList(4, 8))
        .containsExactly("run.started", "run.suspended", "run.resumed", "run.completed");
  }

  @Test
  void deletesASubscriptionWithItsDeliveriesWhileRunsChange() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    Thread changes =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    post.finished();
                  }
                });
    Post.await("some deliveries", () -> post.all(webhook).size() > 20);

    assertThat(post.webhooks.delete(webhook.id())).isTrue();
    changes.join();

    assertThat(spine.number("select count(*) from webhook_deliveries")).isZero();
    assertThat(spine.number("select count(*) from runs where status = 'completed'")).isEqualTo(50);
    assertThat(post.webhooks.delete(webhook.id())).isFalse();
  }
}
