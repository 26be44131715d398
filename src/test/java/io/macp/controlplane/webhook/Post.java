// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.audit.UnwrittenAudit;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.meter.SilentMeters;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.OutboundCalls;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.run.Command;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Webhooks wired as the product wires them, on a ledger with a database of its own. */
final class Post {
  private final Spine spine;
  private final Settings settings;
  final WebhookStore webhooks;
  final DeliveryStore deliveries;
  final QueueStore queue;

  Post(Spine spine, Map<String, String> settings) {
    this.spine = spine;
    Map<String, String> values = new HashMap<>(settings);
    values.putIfAbsent("WEBHOOK_BACKOFF_BASE_MS", "50");
    values.putIfAbsent("WEBHOOK_TIMEOUT_MS", "1000");
    this.settings = new Settings(name -> Optional.ofNullable(values.get(name)));
    Database database = new Database(spine.dataSource());
    this.webhooks = new WebhookStore(database);
    this.deliveries = new DeliveryStore(database);
    this.queue = new QueueStore(database);
  }

  Sender sender() {
    try {
      OutboundCalls calls = new OutboundCalls(new AddressGuard(settings));
      return new Sender(calls, settings, new SplittableRandom(1), Spine.CLOCK);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** One instance of the product, as far as webhooks go. */
  Dispatcher dispatcher() {
    Meters meters = SilentMeters.create();
    Dispatcher dispatcher =
        new Dispatcher(
            queue,
            sender(),
            new Dispatcher.Desk(new Background(), meters, webhooks),
            settings,
            Spine.CLOCK,
            Ids.random());
    return dispatcher;
  }

  /** Serves until nothing is pending for a subscription. */
  void serve(Webhook webhook) throws InterruptedException {
    Dispatcher dispatcher = dispatcher();
    dispatcher.begin();
    await("all sent", () -> !statuses(webhook).contains("pending"));
    end(dispatcher);
  }

  /** Waits for what a dispatcher does, with a bound. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  Deliveries log(Dispatcher dispatcher) {
    return new Deliveries(deliveries, queue, dispatcher, sender(), Spine.CLOCK, Ids.random());
  }

  Webhook subscribe(String url, String... events) {
    Webhook webhook =
        new Webhook(
            UUID.randomUUID(),
            url,
            List.of(events),
            new Webhook.Secrets("secret", Optional.empty()),
            true,
            new Webhook.Times(Requests.now(), Requests.now()));
    webhooks.insert(webhook, 500);
    return webhook;
  }

  /** A run that is running: one delivery for who wants to hear of it. */
  UUID running() {
    NewRun run = Requests.run(UUID.randomUUID().toString());
    spine.ledger().open(run);
    change(run.id(), new Command.StartRun(Requests.now()));
    change(
        run.id(),
        new Command.BindSession(
            Requests.now(), Requests.session(run.sessionId(), SessionState.OPEN)));
    change(run.id(), new Command.AttachStream(Requests.now()));
    return run.id();
  }

  /** The whole life of a run: four deliveries. */
  UUID finished() {
    UUID run = running();
    change(run, new Command.SuspendRun(Requests.now()));
    change(run, new Command.ResumeRun(Requests.now()));
    change(run, new Command.CompleteRun(Requests.now()));
    return run;
  }

  void change(UUID run, Command command) {
    spine.ledger().execute(run, command);
  }

  List<Delivery> all(Webhook webhook) {
    return deliveries
        .list(
            webhook.id(),
            new DeliveryStore.Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), 10_000, 0))
        .data()
        .reversed();
  }

  List<String> statuses(Webhook webhook) {
    return all(webhook).stream().map(each -> each.status().wireName()).toList();
  }

  /** Subscriptions as callers see them. */
  Webhooks asCallersDo() {
    WebhookStore store = webhooks;
    return new Webhooks(
        new Webhooks.Stores(store, new HealthStore(new Database(spine.dataSource()))),
        new AddressGuard(settings),
        UnwrittenAudit.trail(),
        settings,
        Spine.CLOCK,
        Ids.random());
  }

  void seal() {
    webhooks.seal(new Vault(WebhookConfig.read(settings).secretKey()));
  }

  Map<String, @Nullable Object> health(Webhook webhook) {
    return new HealthStore(new Database(spine.dataSource()))
        .find(webhook.id())
        .health()
        .toTree(webhook);
  }

  static void end(Dispatcher dispatcher) throws InterruptedException {
    dispatcher.end(Duration.ofSeconds(5));
  }
}
