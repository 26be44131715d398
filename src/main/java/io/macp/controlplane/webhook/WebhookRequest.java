// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.AddressRefused;
import java.util.List;
import java.util.Optional;

/**
 * What a caller says of a subscription; what is absent is left as it is, or as it is by default.
 */
record WebhookRequest(
    Optional<String> url,
    Optional<List<String>> events,
    Optional<String> secret,
    Optional<Boolean> active) {
  private static final int LONGEST_URL = 2_048;
  private static final int LONGEST_SECRET = 255;
  private static final int MOST_EVENTS = 100;

  /** Reads a new subscription, checked. */
  static WebhookRequest ofNew(BodyFields body, AddressGuard guard) {
    if (!body.has("url")) {
      body.reject("url must be an http or https URL");
    }
    if (!body.has("secret")) {
      body.reject("secret should not be empty");
    }
    return ofChange(body, guard);
  }

  /** Reads a change, checked. */
  static WebhookRequest ofChange(BodyFields body, AddressGuard guard) {
    Optional<String> url = body.findText("url", LONGEST_URL);
    url.filter(text -> text.length() <= LONGEST_URL)
        .ifPresent(text -> checkAddress(body, guard, text));
    Optional<List<String>> events =
        body.has("events")
            ? Optional.of(body.texts("events", 0, MOST_EVENTS).stream().distinct().toList())
            : Optional.empty();
    if (events.filter(names -> !Announcement.EVENTS.containsAll(names)).isPresent()) {
      body.reject(
          "each value in events must be one of the following values: "
              + String.join(", ", Announcement.EVENTS));
    }
    WebhookRequest request = new WebhookRequest(url, events, secret(body), body.findFlag("active"));
    body.check();
    return request;
  }

  /** Reads the secret of a rotation, checked. */
  static Optional<String> secretOf(BodyFields body) {
    Optional<String> secret = secret(body);
    body.check();
    return secret;
  }

  private static Optional<String> secret(BodyFields body) {
    Optional<String> secret = body.findText("secret", LONGEST_SECRET);
    if (secret.filter(String::isBlank).isPresent()) {
      body.reject("secret should not be empty");
    }
    if (secret.filter(Vault::isSealed).isPresent()) {
      body.reject("secret must not begin with " + Vault.MARK);
    }
    return secret;
  }

  private static void checkAddress(BodyFields body, AddressGuard guard, String url) {
    try {
      guard.check(url);
    } catch (AddressRefused e) {
      body.reject("url " + e.why());
    }
  }
}
