// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How deliveries are attempted (control-plane contract, section 11).
 *
 * @param timeout bound of one attempt
 * @param maxAttempts attempts before a delivery is kept as failed
 * @param firstWait after the first attempt; doubles with each
 * @param longestWait the waits do not grow beyond this
 * @param secretOverlap how long the previous secret still signs
 * @param secretKey what secrets are sealed with in the database; empty when they are kept as they
 *     are
 */
public record WebhookConfig(
    Duration timeout,
    int maxAttempts,
    Duration firstWait,
    Duration longestWait,
    Duration secretOverlap,
    Optional<SecretKey> secretKey) {
  static final String SECRET_KEY = "WEBHOOK_SECRET_KEY";

  private static final int SIX_HOURS_MS = 21_600_000;
  private static final int DAY_MS = 86_400_000;
  private static final int MOST_ATTEMPTS = 1_000;
  private static final int MOST_DOUBLINGS = 30;
  private static final int KEY_BYTES = 32;
  private static final double JITTER = 0.2;

  /**
   * Reads and checks the settings.
   *
   * @throws InvalidSetting that names the wrong one
   */
  public static WebhookConfig read(Settings settings) {
    return new WebhookConfig(
        settings.millis("WEBHOOK_TIMEOUT_MS", 10_000, 1),
        settings.integer("WEBHOOK_MAX_ATTEMPTS", 3, 1, MOST_ATTEMPTS),
        settings.millis("WEBHOOK_BACKOFF_BASE_MS", 1_000, 1),
        settings.millis("WEBHOOK_BACKOFF_MAX_MS", SIX_HOURS_MS, 1),
        settings.millis("WEBHOOK_SECRET_OVERLAP_MS", DAY_MS, 0),
        settings.find(SECRET_KEY).map(WebhookConfig::key));
  }

  private static SecretKey key(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new InvalidSetting(SECRET_KEY, "must be 32 random bytes in Base64");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /** The wait after the n-th attempt, n from 1; never shorter than the doubled one. */
  Duration waitAfter(int attempt, RandomGenerator chance) {
    long grown = firstWait.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long capped = Math.min(grown, longestWait.toMillis());
    return Duration.ofMillis(capped + Math.round(capped * JITTER * chance.nextDouble()));
  }
}
