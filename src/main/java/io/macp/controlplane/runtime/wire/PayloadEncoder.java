// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.Message;
import io.macp.controlplane.platform.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a caller of the initiator mode wrote into the payload of an envelope (contract,
 * section 6.3). The opposite of {@link PayloadDecoder}. Thread-safe.
 */
public final class PayloadEncoder {
  private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}");
  private static final List<String> ENCODINGS = List.of("json", "text", "base64", "proto");
  private static final String PROTO = "proto";

  private PayloadEncoder() {}

  /**
   * A payload.
   *
   * @param bytes owned by this record, not to be written to
   * @param descriptor what may be told of it without telling it, in JSON terms
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on as it is and never compared
  public record Encoded(byte[] bytes, Map<String, Object> descriptor) {}

  /** What was written cannot become a payload; the message names the field from there on. */
  public static final class Unencodable extends Exception {
    private static final long serialVersionUID = 1L;

    Unencodable(String field, String expectation) {
      super(field + " " + expectation);
    }
  }

  /** Nothing to say. */
  public static Encoded empty() {
    return encoded(new byte[0], "json", Map.of());
  }

  /** The message type's own protobuf message where the protocol has one, else JSON. */
  public static Encoded plain(String mode, String messageType, Map<?, ?> payload)
      throws Unencodable {
    Optional<Message> type = PayloadTypes.find(mode, messageType);
    return type.isPresent()
        ? protobuf(type.get(), "payload", payload)
        : encoded(Json.writeBytes(payload), "json", Map.of());
  }

  /** An explicit form: {@code {encoding, mediaType?, json?, text?, base64?, proto?}}. */
  public static Encoded explicit(Map<?, ?> envelope) throws Unencodable {
    String encoding = String.valueOf(envelope.get("encoding"));
    if (!ENCODINGS.contains(encoding)) {
      throw new Unencodable(
          "encoding", "must be one of the following values: " + String.join(", ", ENCODINGS));
    }
    for (Object name : envelope.keySet()) {
      if (!List.of("encoding", "mediaType", encoding).contains(String.valueOf(name))) {
        throw new Unencodable(String.valueOf(name), "does not go with encoding " + encoding);
      }
    }
    Map<String, Object> told = mediaType(envelope.get("mediaType"));
    Object content = envelope.get(encoding);
    return switch (encoding) {
      case "json" -> encoded(Json.writeBytes(present(encoding, content)), encoding, told);
      case "text" ->
          encoded(text(encoding, content).getBytes(StandardCharsets.UTF_8), encoding, told);
      case "base64" -> encoded(base64(encoding, text(encoding, content)), encoding, told);
      default -> named(object(encoding, content));
    };
  }

  private static Encoded named(Map<?, ?> proto) throws Unencodable {
    String name = text("proto.typeName", proto.get("typeName"));
    Message type =
        PayloadTypes.findByName(name)
            .orElseThrow(
                () ->
                    new Unencodable(
                        "proto.typeName", "must be the full name of a payload of the protocol"));
    return protobuf(type, "proto.value", object("proto.value", proto.get("value")));
  }

  private static Encoded protobuf(Message type, String path, Map<?, ?> tree) throws Unencodable {
    Message message = TreeMessage.of(type, path, tree);
    return encoded(
        message.toByteArray(),
        PROTO,
        Map.of("typeName", message.getDescriptorForType().getFullName()));
  }

  private static Encoded encoded(byte[] bytes, String encoding, Map<String, Object> more) {
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("encoding", encoding);
    descriptor.putAll(more);
    descriptor.put("sizeBytes", bytes.length);
    descriptor.put("sha256", digest(bytes));
    return new Encoded(bytes, descriptor);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Map<String, Object> mediaType(@Nullable Object value) throws Unencodable {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof String text && MEDIA_TYPE.matcher(text).matches()) {
      return Map.of("mediaType", text);
    }
    throw new Unencodable("mediaType", "must be a media type such as application/json");
  }

  private static Object present(String field, @Nullable Object value) throws Unencodable {
    if (value == null) {
      throw new Unencodable(field, "must be present");
    }
    return value;
  }

  private static String text(String field, @Nullable Object value) throws Unencodable {
    if (value instanceof String text) {
      return text;
    }
    throw new Unencodable(field, "must be a string");
  }

  private static Map<?, ?> object(String field, @Nullable Object value) throws Unencodable {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new Unencodable(field, "must be an object");
  }

  static byte[] base64(String field, String text) throws Unencodable {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Unencodable(field, "must be Base64");
    }
  }
}
