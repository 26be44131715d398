// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Unencodable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tree of JDK values as a protobuf message: the opposite of {@link MessageTree}. Names may be in
 * either spelling; a null is a field that is not set; bytes are Base64, or an object or array that
 * becomes JSON. The depth is that of the message's definition.
 */
final class TreeMessage {
  private static final String WHOLE = "must be a whole number in range";

  private TreeMessage() {}

  static Message of(Message type, String path, Map<?, ?> tree) throws Unencodable {
    Message.Builder builder = type.newBuilderForType();
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String at = path + "." + entry.getKey();
      FieldDescriptor field =
          find(type, String.valueOf(entry.getKey()))
              .orElseThrow(
                  () ->
                      new Unencodable(
                          at, "is no field of " + type.getDescriptorForType().getFullName()));
      if (entry.getValue() != null) {
        set(builder, field, at, entry.getValue());
      }
    }
    return builder.build();
  }

  private static Optional<FieldDescriptor> find(Message type, String name) {
    return type.getDescriptorForType().getFields().stream()
        .filter(field -> field.getJsonName().equals(name) || field.getName().equals(name))
        .findFirst();
  }

  private static void set(Message.Builder builder, FieldDescriptor field, String at, Object value)
      throws Unencodable {
    if (field.isMapField()) {
      for (Map.Entry<?, ?> entry : object(at, value).entrySet()) {
        builder.addRepeatedField(field, entry(builder, field, at, entry));
      }
    } else if (field.isRepeated()) {
      if (!(value instanceof List<?> items)) {
        throw new Unencodable(at, "must be an array");
      }
      for (Object item : items) {
        builder.addRepeatedField(field, single(builder, field, at, item));
      }
    } else {
      builder.setField(field, single(builder, field, at, value));
    }
  }

  private static Message entry(
      Message.Builder builder, FieldDescriptor field, String at, Map.Entry<?, ?> entry)
      throws Unencodable {
    Message.Builder pair = builder.newBuilderForField(field);
    FieldDescriptor value = pair.getDescriptorForType().findFieldByNumber(2);
    pair.setField(pair.getDescriptorForType().findFieldByNumber(1), String.valueOf(entry.getKey()));
    pair.setField(value, single(pair, value, at + "." + entry.getKey(), entry.getValue()));
    return pair.build();
  }

  private static Object single(
      Message.Builder builder, FieldDescriptor field, String at, @Nullable Object value)
      throws Unencodable {
    return switch (field.getJavaType()) {
      case STRING -> typed(String.class, at, value, "must be a string");
      case BOOLEAN -> typed(Boolean.class, at, value, "must be a boolean value");
      case DOUBLE -> typed(Number.class, at, value, "must be a number").doubleValue();
      case FLOAT -> typed(Number.class, at, value, "must be a number").floatValue();
      case LONG -> whole(at, value);
      case INT -> small(at, value);
      case BYTE_STRING -> ByteString.copyFrom(bytes(at, value));
      case ENUM -> constant(field, at, value);
      case MESSAGE ->
          of(builder.newBuilderForField(field).getDefaultInstanceForType(), at, object(at, value));
    };
  }

  private static <T> T typed(Class<T> type, String at, @Nullable Object value, String expectation)
      throws Unencodable {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new Unencodable(at, expectation);
  }

  private static Map<?, ?> object(String at, @Nullable Object value) throws Unencodable {
    return typed(Map.class, at, value, "must be an object");
  }

  private static long whole(String at, @Nullable Object value) throws Unencodable {
    try {
      return Long.parseLong(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new Unencodable(at, WHOLE);
    }
  }

  private static int small(String at, @Nullable Object value) throws Unencodable {
    long number = whole(at, value);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new Unencodable(at, WHOLE);
    }
    return (int) number;
  }

  private static byte[] bytes(String at, @Nullable Object value) throws Unencodable {
    return value instanceof Map<?, ?> || value instanceof List<?>
        ? Json.writeBytes(value)
        : PayloadEncoder.base64(at, typed(String.class, at, value, "must be Base64"));
  }

  private static EnumValueDescriptor constant(
      FieldDescriptor field, String at, @Nullable Object value) throws Unencodable {
    EnumValueDescriptor constant = field.getEnumType().findValueByName(String.valueOf(value));
    if (constant == null) {
      throw new Unencodable(at, "is no value of " + field.getEnumType().getFullName());
    }
    return constant;
  }
}
