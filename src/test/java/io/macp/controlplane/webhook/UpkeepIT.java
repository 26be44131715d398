// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.testing.HookReceiver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators look after: sealed secrets, and how subscriptions fare. */
class UpkeepIT {
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

  @Test
  void sealsSecretsThatWereKeptAsTheyAreAndSignsWithThem() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    post.running();
    Post sealing = new Post(spine, Map.of("WEBHOOK_SECRET_KEY", VaultTest.KEY));
    Dispatcher dispatcher = sealing.dispatcher();
    dispatcher.begin();
    Post.await("sent", () -> post.statuses(webhook).equals(List.of("delivered")));
    Post.end(dispatcher);

    assertThat(spine.text("select secret from webhooks")).startsWith(Vault.MARK);
    HookReceiver.Call call = receiver.calls().getFirst();
    assertThat(call.header("x-macp-signature"))
        .isEqualTo(Signatures.contract("secret", call.body().getBytes(UTF_8)));
  }

  @Test
  void keepsWhatItCannotSign() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    new Post(spine, Map.of("WEBHOOK_SECRET_KEY", VaultTest.KEY)).seal();
    post.running();

    post.serve(webhook);

    Delivery failed = post.all(webhook).getFirst();
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.result().errorMessage())
        .contains("not sent: WEBHOOK_SECRET_KEY does not open the secret");
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void asksForAnAllowedPortAtEachUse() {
    Webhook webhook = post.subscribe(receiver.url());
    Post narrower = new Post(spine, Map.of("OUTBOUND_ALLOWED_PORTS", "443"));

    assertThat(post.asCallersDo().requireAllowed(webhook.id())).isEqualTo(webhook);
    Problem refused =
        catchThrowableOfType(
                Problem.ProblemException.class,
                () -> narrower.asCallersDo().requireAllowed(webhook.id()))
            .problem();

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused)
        .isEqualTo(
            Problem.invalid(
                List.of("url must not have a port other than those of OUTBOUND_ALLOWED_PORTS")));
  }

  @Test
  void showsASecretOnceAndKeepsItSealed() {
    Webhooks sealing = new Post(spine, Map.of("WEBHOOK_SECRET_KEY", VaultTest.KEY)).asCallersDo();
    Webhook webhook = post.subscribe(receiver.url());

    Webhooks.Revealed rotated =
        sealing.rotate(webhook.id(), BodyFields.of(Map.of("secret", "mine")));
    Webhooks.Revealed same = sealing.rotate(webhook.id(), BodyFields.of(Map.of("secret", "mine")));

    assertThat(rotated.toTree()).containsEntry("secret", "mine");
    assertThat(sealing.show(webhook.id())).containsEntry("secret", "********");
    assertThat(rotated.webhook().secrets().current()).startsWith(Vault.MARK);
    assertThat(same.webhook().secrets()).isEqualTo(rotated.webhook().secrets());
  }

  @Test
  void tellsHowASubscriptionFares() throws InterruptedException {
    Webhook webhook = post.subscribe(receiver.url());
    assertThat(post.health(webhook))
        .isEqualTo(Map.of("status", "unused", "pending", 0L, "failuresInARow", 0));
    receiver.answers(call -> call.header("x-macp-event").equals("run.started") ? 200 : 500);
    UUID run = post.running();
    post.serve(webhook);
    assertThat(post.health(webhook))
        .containsEntry("status", "healthy")
        .containsEntry("lastResponseStatus", 200);

    post.change(run, new Command.SuspendRun(Spine.CLOCK.instant()));
    post.change(run, new Command.ResumeRun(Spine.CLOCK.instant()));
    post.serve(webhook);

    assertThat(post.health(webhook))
        .containsEntry("status", "failing")
        .containsEntry("failuresInARow", 2)
        .containsEntry("pending", 0L)
        .containsEntry("lastResponseStatus", 500)
        .containsEntry("lastError", "the receiver answered 500")
        .containsKey("lastAttemptAt");
    post.change(run, new Command.SuspendRun(Spine.CLOCK.instant()));
    assertThat(post.health(webhook)).containsEntry("pending", 1L).containsKey("oldestPendingAt");
  }
}
