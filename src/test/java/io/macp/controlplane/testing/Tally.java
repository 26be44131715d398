// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

/**
 * What became of resolved sessions: what the runtime acknowledged against what was stored, raw and
 * canonical and derived, and against what each subscriber was sent. Everything but the first two is
 * a violation.
 *
 * @param runs how many runs were looked at
 * @param acknowledged messages that the runtime accepted
 * @param falselyComplete runs that say they are complete and are not
 * @param stuck runs that have not ended
 * @param failedThoughResolved runs that ended otherwise than their session
 */
public record Tally(
    int runs,
    int acknowledged,
    int lost,
    int duplicated,
    int outOfOrder,
    int falselyComplete,
    int stuck,
    int failedThoughResolved) {
  /** Of nothing. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  static Tally of(int acknowledged, Deviation deviation, String status) {
    return new Tally(
        1,
        acknowledged,
        deviation.lost(),
        deviation.duplicated(),
        deviation.outOfOrder(),
        status.equals("completed") && deviation.lost() > 0 ? 1 : 0,
        status.equals("completed") || status.equals("failed") || status.equals("cancelled") ? 0 : 1,
        status.equals("failed") || status.equals("cancelled") ? 1 : 0);
  }

  /** Of both. */
  public Tally plus(Tally other) {
    return new Tally(
        runs + other.runs,
        acknowledged + other.acknowledged,
        lost + other.lost,
        duplicated + other.duplicated,
        outOfOrder + other.outOfOrder,
        falselyComplete + other.falselyComplete,
        stuck + other.stuck,
        failedThoughResolved + other.failedThoughResolved);
  }

  /** Whether nothing was violated. */
  public boolean isClean() {
    return lost + duplicated + outOfOrder + falselyComplete + stuck + failedThoughResolved == 0;
  }
}
