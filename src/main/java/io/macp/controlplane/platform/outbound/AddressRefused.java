// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

/**
 * An address that nothing may be sent to. The message goes on from the name of the field that holds
 * the address ("must be …") and quotes nothing of it.
 */
public final class AddressRefused extends Exception {
  private static final long serialVersionUID = 1L;

  AddressRefused(String message) {
    super(message, null, false, false);
  }

  /** What is wrong, to be put behind the name of a field. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
