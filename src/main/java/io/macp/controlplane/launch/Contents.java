// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.wire.PayloadEncoder;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Encoded;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Unencodable;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the content of a message that the control plane shall send: {@code payload}, an object, or
 * {@code payloadEnvelope}, which says its form. Whatever cannot be sent is told by its field.
 */
final class Contents {
  private static final String PLAIN = "payload";
  private static final String EXPLICIT = "payloadEnvelope";

  private Contents() {}

  /**
   * @param prefix path of the message within the body, with its dot; empty for the body itself
   */
  static Encoded read(BodyFields fields, String prefix, String modeName, String messageType) {
    Optional<Map<String, Object>> plain = fields.findTree(PLAIN);
    Optional<Map<String, Object>> explicit = fields.findTree(EXPLICIT);
    if (plain.isPresent() && explicit.isPresent()) {
      fields.reject(prefix + PLAIN + " must not come together with " + EXPLICIT);
      return PayloadEncoder.empty();
    }
    if (explicit.isPresent()) {
      return checkExplicit(fields, prefix + EXPLICIT, explicit.get());
    }
    return plain.isPresent()
        ? encode(fields, prefix, () -> PayloadEncoder.plain(modeName, messageType, plain.get()))
        : PayloadEncoder.empty();
  }

  /** A tree that is none of a mode's own messages. */
  static Encoded of(BodyFields fields, String prefix, String messageType, Map<?, ?> tree) {
    return encode(fields, prefix, () -> PayloadEncoder.plain("", messageType, tree));
  }

  /** An explicit form that stands at a path. */
  static Encoded checkExplicit(BodyFields fields, String path, Map<String, Object> envelope) {
    return encode(fields, path + ".", () -> PayloadEncoder.explicit(envelope));
  }

  @FunctionalInterface
  private interface Encoding {
    Encoded encode() throws Unencodable;
  }

  private static Encoded encode(BodyFields fields, String prefix, Encoding encoding) {
    try {
      return encoding.encode();
    } catch (Unencodable e) {
      fields.reject(prefix + e.getMessage());
      return PayloadEncoder.empty();
    }
  }
}
