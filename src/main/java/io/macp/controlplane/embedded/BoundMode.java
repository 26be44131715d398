// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;

/**
 * The mode that a session was bound to at its start: the built-in one of its id, or its own
 * registration, whatever has become of that in the registry since.
 */
final class BoundMode {
  private BoundMode() {}

  static Mode of(SessionTerms terms, ModeCatalog modes) {
    return terms
        .registration()
        .<Mode>map(entry -> RegisteredMode.of(entry, modes))
        .orElseGet(
            () ->
                modes
                    .findBuiltIn(terms.mode())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "mode " + terms.mode() + " is not in the catalogue")));
  }
}
