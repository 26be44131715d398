// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.AddressRefused;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Subscriptions as callers see and change them. Thread-safe. */
@SharedInstance
final class Webhooks {
  static final int MOST_WEBHOOKS = 500;

  private final WebhookStore store;
  private final HealthStore health;
  private final AddressGuard guard;
  private final AuditTrail trail;
  private final Duration overlap;
  private final Vault vault;
  private final Clock clock;
  private final Ids ids;

  @Inject
  Webhooks(
      Stores stores,
      AddressGuard guard,
      AuditTrail trail,
      Settings settings,
      Clock clock,
      Ids ids) {
    this.store = stores.webhooks;
    this.health = stores.health;
    this.guard = guard;
    this.trail = trail;
    WebhookConfig config = WebhookConfig.read(settings);
    this.overlap = config.secretOverlap();
    this.vault = new Vault(config.secretKey());
    this.clock = clock;
    this.ids = ids;
  }

  /** Where subscriptions and what became of them are read from. */
  @SharedInstance
  static final class Stores {
    private final WebhookStore webhooks;
    private final HealthStore health;

    @Inject
    Stores(WebhookStore webhooks, HealthStore health) {
      this.webhooks = webhooks;
      this.health = health;
    }
  }

  /** A subscription whose secret is shown this once. */
  record Revealed(Webhook webhook, String secret) {
    Map<String, @Nullable Object> toTree() {
      return webhook.toTree(secret);
    }

    @Override
    public String toString() {
      return webhook.toString();
    }
  }

  Revealed create(BodyFields body) {
    WebhookRequest request = WebhookRequest.ofNew(body, guard);
    String secret = request.secret().orElseThrow();
    Instant now = clock.instant();
    UUID id = ids.next();
    Webhook webhook =
        new Webhook(
            id,
            request.url().orElseThrow(),
            request.events().orElse(List.of()),
            new Webhook.Secrets(vault.seal(id, secret), Optional.empty()),
            request.active().orElse(true),
            new Webhook.Times(now, now));
    return trail
        .begin(AuditAction.WEBHOOK_CREATED, id)
        .after(webhook.toTree())
        .during(() -> new Revealed(insert(webhook), secret));
  }

  private Webhook insert(Webhook webhook) {
    if (!store.insert(webhook, MOST_WEBHOOKS)) {
      throw Problem.of(ErrorCode.CONFLICT, "there are " + MOST_WEBHOOKS + " webhooks already")
          .asException();
    }
    return webhook;
  }

  List<Map<String, @Nullable Object>> list() {
    return store.listWithStats().entrySet().stream()
        .map(entry -> entry.getKey().toTree(entry.getValue()))
        .toList();
  }

  Map<String, @Nullable Object> show(UUID id) {
    Webhook webhook = require(id);
    HealthStore.Found found = health.find(id);
    Map<String, @Nullable Object> tree = webhook.toTree(found.stats());
    tree.put("health", found.health().toTree(webhook));
    return tree;
  }

  Webhook require(UUID id) {
    return store.find(id).orElseThrow(() -> unknown(id));
  }

  /** Settings change: what was allowed when somebody subscribed need not be so now. */
  Webhook requireAllowed(UUID id) {
    Webhook webhook = require(id);
    try {
      guard.check(webhook.url());
    } catch (AddressRefused e) {
      throw Problem.invalid(List.of("url " + e.why())).asException();
    }
    return webhook;
  }

  Webhook change(UUID id, BodyFields body) {
    WebhookRequest request = WebhookRequest.ofChange(body, guard);
    Instant now = clock.instant();
    return update(
        id,
        before ->
            new Webhook(
                id,
                request.url().orElse(before.url()),
                request.events().orElse(before.events()),
                request.secret().map(next -> changed(before, next, now)).orElse(before.secrets()),
                request.active().orElse(before.active()),
                new Webhook.Times(before.times().createdAt(), now)));
  }

  /** Changes the secret to the given one or a new one; the one before stays good for a while. */
  Revealed rotate(UUID id, BodyFields body) {
    String next = WebhookRequest.secretOf(body).orElseGet(this::newSecret);
    Instant now = clock.instant();
    Webhook after =
        update(
            id,
            before ->
                new Webhook(
                    id,
                    before.url(),
                    before.events(),
                    changed(before, next, now),
                    before.active(),
                    new Webhook.Times(before.times().createdAt(), now)));
    return new Revealed(after, next);
  }

  private Webhook.Secrets changed(Webhook before, String next, Instant now) {
    Webhook.Secrets secrets = before.secrets();
    boolean same = vault.open(before.id(), secrets.current()).filter(next::equals).isPresent();
    return same ? secrets : secrets.changedTo(vault.seal(before.id(), next), now.plus(overlap));
  }

  private Webhook update(UUID id, UnaryOperator<Webhook> change) {
    Attempt attempt = trail.begin(AuditAction.WEBHOOK_UPDATED, id);
    return attempt.during(
        () -> {
          Webhook after =
              store
                  .update(
                      id,
                      before -> {
                        Webhook changed = change.apply(before);
                        attempt.before(before.toTree());
                        attempt.with("secretChanged", !changed.secrets().equals(before.secrets()));
                        return changed;
                      })
                  .orElseThrow(() -> unknown(id));
          attempt.after(after.toTree());
          return after;
        });
  }

  /** 244 random bits, as text that is random in every other half. */
  private String newSecret() {
    String random = (ids.next().toString() + ids.next()).replace("-", "");
    return Signatures.newSecret(random.getBytes(US_ASCII));
  }

  void delete(UUID id) {
    trail
        .begin(AuditAction.WEBHOOK_DELETED, id)
        .during(
            () -> {
              Webhook gone = require(id);
              if (!store.delete(id)) {
                throw unknown(id);
              }
              return gone;
            });
  }

  private static Problem.ProblemException unknown(UUID id) {
    return Problem.of(ErrorCode.NOT_FOUND, "webhook " + id + " not found").asException();
  }
}
