// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The set fields of a protobuf message as a tree of JDK values, in field order. The payload
 * messages of the protocol do not contain themselves, so the depth is that of their definition.
 */
final class MessageTree {
  private MessageTree() {}

  static Map<String, Object> of(Message message) {
    Map<String, Object> tree = new LinkedHashMap<>();
    message
        .getAllFields()
        .forEach((field, value) -> tree.put(field.getJsonName(), value(field, value)));
    return tree;
  }

  private static Object value(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      return map((List<?>) value);
    }
    if (field.isRepeated()) {
      return ((List<?>) value).stream().map(item -> single(field, item)).toList();
    }
    return single(field, value);
  }

  private static Map<String, Object> map(List<?> entries) {
    Map<String, Object> sorted = new TreeMap<>();
    for (Object item : entries) {
      Message entry = (Message) item;
      FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
      FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
      sorted.put(String.valueOf(entry.getField(key)), single(value, entry.getField(value)));
    }
    return sorted;
  }

  private static Object single(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT -> wholeNumber(field, (Integer) value);
      case FLOAT, DOUBLE -> JsonTree.number(((Number) value).doubleValue());
      case BYTE_STRING -> Base64.getEncoder().encodeToString(((ByteString) value).toByteArray());
      case ENUM -> ((EnumValueDescriptor) value).getName();
      case MESSAGE -> of((Message) value);
      case LONG, BOOLEAN, STRING -> value;
    };
  }

  private static Long wholeNumber(FieldDescriptor field, Integer value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedLong(value);
      default -> value.longValue();
    };
  }
}
