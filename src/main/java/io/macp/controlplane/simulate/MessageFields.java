// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.event.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The decoded fields of a message, by their camel-case names; agents that sent JSON may have used
 * the names of the protocol files, with underscores. What was not set reads as protobuf reads it:
 * empty, zero, false.
 */
record MessageFields(Payload payload) {
  String text(String name) {
    return payload.text(name).or(() -> payload.text(underscored(name))).orElse("");
  }

  double number(String name) {
    return payload.number(name).or(() -> payload.number(underscored(name))).orElse(0.0);
  }

  long whole(String name) {
    return (long) number(name);
  }

  boolean flag(String name) {
    return payload.flag(name).or(() -> payload.flag(underscored(name))).orElse(false);
  }

  List<String> texts(String name) {
    List<String> texts = payload.texts(name);
    return texts.isEmpty() ? payload.texts(underscored(name)) : texts;
  }

  /**
   * Bytes are recorded in Base64; other text, as agents that sent JSON use it, stands for itself.
   */
  Bytes bytes(String name) {
    String text = text(name);
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  Optional<MessageFields> object(String name) {
    return payload.object(name).or(() -> payload.object(underscored(name))).map(MessageFields::new);
  }

  /** True when the bytes could not be decoded, so that no field can be trusted to be unset. */
  boolean isOpaque() {
    return payload.text("encoding").filter("text"::equals).isPresent()
        || (payload.has("payloadBase64") && payload.asMap().size() == 1);
  }

  private static String underscored(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
