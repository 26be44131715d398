// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.Optional;

/** Whether a commitment has the hash that is told of it. */
public sealed interface Verification {
  /** It has. */
  record Verified() implements Verification {}

  /** It has another: one of the two is not what it claims to be. */
  record Mismatch() implements Verification {}

  /** Nobody can tell from what is here; not a mismatch. */
  record CannotVerify(Unverifiable reason) implements Verification {}

  /** The name in answers. */
  default String wireName() {
    return switch (this) {
      case Verified verified -> "verified";
      case Mismatch mismatch -> "mismatch";
      case CannotVerify unknown -> "cannot_verify";
    };
  }

  /** Why nobody can tell. */
  default Optional<String> why() {
    return this instanceof CannotVerify unknown
        ? Optional.of(unknown.reason().wireName())
        : Optional.empty();
  }
}
