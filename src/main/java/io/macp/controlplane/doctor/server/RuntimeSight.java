// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the runtime.
 *
 * @param address host and port
 * @param probe how it answered when it was asked for its manifest
 * @param handshake what its port was found to speak; empty when nobody looked
 * @param clockAhead by how much its clock is ahead of ours, as told by what it sent last
 */
public record RuntimeSight(
    String address,
    Probe probe,
    Optional<Handshake> handshake,
    Breaker breaker,
    Credential credential,
    Optional<Duration> clockAhead) {

  /**
   * One call.
   *
   * @param failure the kind of it; empty when the runtime answered
   * @param words what it said
   * @param took until the answer or the failure
   */
  public record Probe(Optional<String> failure, String words, Duration took) {
    boolean failedAs(String... kinds) {
      return failure.map(List.of(kinds)::contains).orElse(false);
    }
  }

  /**
   * What the port speaks.
   *
   * @param wanted whether TLS is configured
   * @param spoken whether TLS is spoken there; empty when that could not be told
   * @param distrust why its certificate is not trusted
   * @param expiresIn how long its certificate is valid still; negative when it is not any more
   */
  public record Handshake(
      boolean wanted,
      Optional<Boolean> spoken,
      Optional<String> distrust,
      Optional<Duration> expiresIn) {}

  /**
   * The breaker.
   *
   * @param state name of it
   * @param reason why it was entered
   * @param since when
   * @param retryAfter how long calls are refused still
   */
  public record Breaker(String state, String reason, Instant since, Duration retryAfter) {}

  /** How calls identify themselves: link in use, links configured, why none was minted. */
  public record Credential(String link, List<String> configured, Optional<String> mintFailure) {}
}
