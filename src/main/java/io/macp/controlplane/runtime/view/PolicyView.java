// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

/**
 * A governance policy (wire contract, section 1.4).
 *
 * @param rules the rule object as JSON text, exactly as on the wire; may be malformed
 * @param schemaVersion version of the rule schema, 0 to 2^32 - 1, at least 1 for a valid policy
 * @param registeredAtUnixMs milliseconds since the epoch, 0 when the runtime did not say; ignored
 *     when registering
 */
public record PolicyView(
    String policyId,
    String mode,
    String description,
    String rules,
    long schemaVersion,
    long registeredAtUnixMs) {
  private static final long MOST_SCHEMA_VERSION = 0xffff_ffffL;

  public PolicyView {
    if (schemaVersion < 0 || schemaVersion > MOST_SCHEMA_VERSION) {
      throw new IllegalArgumentException("schemaVersion must be from 0 to " + MOST_SCHEMA_VERSION);
    }
  }

  /**
   * A runtime's answer to registering or unregistering.
   *
   * @param error the text of a refusal, empty otherwise
   */
  public record Change(boolean ok, String error) {}
}
