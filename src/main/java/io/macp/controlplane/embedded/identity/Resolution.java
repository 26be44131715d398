// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import java.util.Optional;

/** What became of a credential. */
public sealed interface Resolution {

  /** The credential is good. */
  record Known(Identity identity) implements Resolution {}

  /**
   * The credential is missing or not good.
   *
   * @param reason for the caller and the log; holds nothing of the credential
   */
  record Refused(String reason) implements Resolution {}

  /** The identity, when there is one. */
  default Optional<Identity> findIdentity() {
    return this instanceof Known known ? Optional.of(known.identity()) : Optional.empty();
  }
}
