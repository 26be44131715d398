// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.Locale;

/** Why nothing can be said about the hash of a commitment; never a proof against it. */
public enum Unverifiable {
  /** The payload has fields beyond the nine that the hash is defined for. */
  UNKNOWN_FIELDS,
  /** The payload is no CommitmentPayload. */
  MALFORMED_PAYLOAD,
  /** The bytes of the payload are not there. */
  PAYLOAD_MISSING,
  /** Secrets were taken out of the bytes before they were kept. */
  PAYLOAD_REDACTED,
  /** No hash was recorded to compare with. */
  HASH_NOT_RECORDED;

  /** The name in logs and answers, for example {@code unknown_fields}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
