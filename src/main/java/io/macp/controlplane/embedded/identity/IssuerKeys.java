// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the keys of the issuer are had from. Thread-safe. */
interface IssuerKeys extends AutoCloseable {
  /**
   * The keys to check a token with; empty when none can be had now. May wait for the issuer.
   *
   * @param keyId key that the token names, if it does
   */
  Optional<KeyRing> find(@Nullable String keyId);

  @Override
  default void close() {}
}
