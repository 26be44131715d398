// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

/**
 * The database did not do what it was asked to. Whether a write took effect is unknown; who needs
 * to know reads again.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String what, Throwable cause) {
    super(what + " failed: " + cause.getMessage(), cause);
  }
}
