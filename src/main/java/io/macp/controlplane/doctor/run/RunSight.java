// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one run.
 *
 * @param now the time of the look
 */
public record RunSight(
    Facts facts, Following following, OnRuntime runtime, Course course, Model model, Instant now) {

  /**
   * The record.
   *
   * @param status wire name
   * @param changedAt when something was recorded last
   * @param errorCode empty unless it failed
   */
  public record Facts(
      String status,
      String sessionId,
      Instant createdAt,
      Instant changedAt,
      String errorCode,
      String errorMessage) {}

  /**
   * How it is followed.
   *
   * @param observing whether runs are followed at all
   * @param recovery whether runs are taken up at start
   * @param patience how long an agent has to open the session
   * @param stream what was told of the stream last, such as {@code reconnecting}
   * @param detail what was told with it
   * @param suspendedBy the caller who suspended it here
   */
  public record Following(
      boolean observing,
      boolean recovery,
      Duration patience,
      Optional<String> stream,
      String detail,
      Optional<String> suspendedBy) {}

  /**
   * What the runtime says of its session.
   *
   * @param failure kind of the failure when it says nothing
   * @param state of the session
   * @param expiresAt its deadline
   * @param messages how many it has accepted in it, as far as it counts them
   * @param strangers open sessions of the same mode that no run was launched for
   */
  public record OnRuntime(
      Optional<String> failure,
      Optional<String> state,
      Optional<Instant> expiresAt,
      long messages,
      List<String> strangers) {
    boolean failedAs(String... kinds) {
      return failure.map(List.of(kinds)::contains).orElse(false);
    }
  }

  /**
   * Its log and read model.
   *
   * @param lastSeq last number of the log
   * @param storedSeq number up to which the read model is stored
   * @param outdated whether an earlier release made the stored one
   * @param envelopes how many accepted envelopes of the session are stored
   */
  public record Model(long lastSeq, long storedSeq, boolean outdated, long envelopes) {}

  boolean is(String... statuses) {
    return List.of(statuses).contains(facts.status());
  }

  /** How long nothing was recorded. */
  Duration silence() {
    return Duration.between(facts.changedAt(), now);
  }

  Duration age() {
    return Duration.between(facts.createdAt(), now);
  }
}
