// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor;

import java.util.List;
import java.util.Optional;

/**
 * Decides from what was seen whether one ailment is there. Pure: sees nothing by itself, never
 * fails, and is safe for many threads.
 *
 * @param <S> what was seen
 */
public interface Check<S> {
  /** What it looks for. */
  Ailment ailment();

  /** What tells that it is there; empty when it is not. */
  Optional<Evidence> examine(S sight);

  /** What all of these checks find in one sight, in their order. */
  static <S> List<Finding> all(List<Check<S>> checks, S sight) {
    return checks.stream()
        .flatMap(
            check ->
                check.examine(sight).map(found -> new Finding(check.ailment(), found)).stream())
        .toList();
  }
}
