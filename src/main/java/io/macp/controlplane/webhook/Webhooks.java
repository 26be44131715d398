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
  private final AddressGuard guard;
  private final AuditTrail trail;
  private final Duration overlap;
  private final Clock clock;
  private final Ids ids;

  @Inject
  Webhooks(
      WebhookStore store,
      AddressGuard guard,
      AuditTrail trail,
      Settings settings,
      Clock clock,
      Ids ids) {
    this.store = store;
    this.guard = guard;
    this.trail = trail;
    this.overlap = WebhookConfig.read(settings).secretOverlap();
    this.clock = clock;
    this.ids = ids;
  }

  Webhook create(BodyFields body) {
    WebhookRequest request = WebhookRequest.ofNew(body, guard);
    Instant now = clock.instant();
    Webhook webhook =
        new Webhook(
            ids.next(),
            request.url().orElseThrow(),
            request.events().orElse(List.of()),
            new Webhook.Secrets(request.secret().orElseThrow(), Optional.empty()),
            request.active().orElse(true),
            new Webhook.Times(now, now));
    return trail
        .begin(AuditAction.WEBHOOK_CREATED, webhook.id())
        .after(webhook.toTree())
        .during(() -> insert(webhook));
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

  Webhook require(UUID id) {
    return store.find(id).orElseThrow(() -> unknown(id));
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
                request
                    .secret()
                    .map(next -> before.secrets().changedTo(next, now.plus(overlap)))
                    .orElse(before.secrets()),
                request.active().orElse(before.active()),
                new Webhook.Times(before.times().createdAt(), now)));
  }

  /** Changes the secret to the given one or a new one; the one before stays good for a while. */
  Webhook rotate(UUID id, BodyFields body) {
    String next = WebhookRequest.secretOf(body).orElseGet(this::newSecret);
    Instant now = clock.instant();
    return update(
        id,
        before ->
            new Webhook(
                id,
                before.url(),
                before.events(),
                before.secrets().changedTo(next, now.plus(overlap)),
                before.active(),
                new Webhook.Times(before.times().createdAt(), now)));
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
