// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.macp.controlplane.platform.Json;
import io.macp.v1.CommitmentPayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the payload of an envelope into a tree of JDK values (contract, section 8.2). Total: any
 * bytes under any names give an answer. The same input always gives the same tree. Thread-safe.
 *
 * <p>Whole numbers are {@code Long} ({@code BigInteger} when larger), fractions {@code Double},
 * numbers that JSON cannot write become their names, bytes become Base64 text. Protobuf fields that
 * were not set are left out, except {@code outcomePositive} of a Commitment. JSON nulls inside a
 * JSON payload stay {@code null}.
 */
public final class PayloadDecoder {
  private PayloadDecoder() {}

  /**
   * A decoded payload.
   *
   * @param tree the fields; for a JSON payload also {@code json} and {@code encoding}, for text
   *     {@code text}, {@code encoding} and {@code payloadBase64}. Unmodifiable.
   * @param payloadTypeName full protobuf name, when the bytes were a known protobuf message
   */
  public record Decoded(Map<String, Object> tree, Optional<String> payloadTypeName) {}

  /** Decodes, or answers empty for an empty payload. */
  public static Optional<Decoded> decode(String mode, String messageType, byte[] payload) {
    if (payload.length == 0) {
      return Optional.empty();
    }
    Optional<Message> type = PayloadTypes.find(mode, messageType);
    Decoded decoded =
        PayloadTypes.prefersJson(mode, messageType)
            ? json(payload).or(() -> protobuf(type, payload)).orElseGet(() -> text(payload))
            : protobuf(type, payload).or(() -> json(payload)).orElseGet(() -> text(payload));
    return Optional.of(decoded);
  }

  /** The fields of a JSON object; empty when the bytes are anything else. */
  public static Optional<Map<String, Object>> jsonObject(byte[] bytes) {
    try {
      if (!(Json.read(bytes) instanceof Map<?, ?> object)) {
        return Optional.empty();
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      ((Map<?, ?>) JsonTree.plain(object))
          .forEach((name, field) -> JsonTree.put(fields, String.valueOf(name), field));
      return Optional.of(Collections.unmodifiableMap(fields));
    } catch (Json.MalformedJson e) {
      return Optional.empty();
    }
  }

  private static Optional<Decoded> protobuf(Optional<Message> type, byte[] payload) {
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try {
      Message message = type.get().getParserForType().parseFrom(payload);
      if (message.getAllFields().isEmpty() && json(payload).isPresent()) {
        // Some JSON texts happen to parse as a message that consists of unknown fields only.
        return Optional.empty();
      }
      return Optional.of(decoded(message));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static Decoded decoded(Message message) {
    Map<String, Object> tree = MessageTree.of(message);
    if (message instanceof CommitmentPayload commitment) {
      tree.put("outcomePositive", commitment.getOutcomePositive());
    }
    return new Decoded(
        Collections.unmodifiableMap(tree),
        Optional.of(message.getDescriptorForType().getFullName()));
  }

  private static Optional<Decoded> json(byte[] payload) {
    try {
      Object parsed = Json.read(payload);
      if (parsed == null) {
        return Optional.empty();
      }
      Object value = JsonTree.plain(parsed);
      Map<String, Object> tree = new LinkedHashMap<>();
      if (value instanceof Map<?, ?> fields) {
        fields.forEach((name, field) -> JsonTree.put(tree, String.valueOf(name), field));
      }
      tree.put("json", value);
      tree.put("encoding", "json");
      return Optional.of(new Decoded(Collections.unmodifiableMap(tree), Optional.empty()));
    } catch (Json.MalformedJson e) {
      return Optional.empty();
    }
  }

  private static Decoded text(byte[] payload) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", new String(payload, StandardCharsets.UTF_8));
    tree.put("encoding", "text");
    tree.put("payloadBase64", Base64.getEncoder().encodeToString(payload));
    return new Decoded(Collections.unmodifiableMap(tree), Optional.empty());
  }
}
