// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.macp.modes.decision.v1.Decision;
import io.macp.modes.handoff.v1.Handoff;
import io.macp.modes.multi_round.v1.MultiRound;
import io.macp.modes.proposal.v1.Proposal;
import io.macp.modes.quorum.v1.Quorum;
import io.macp.modes.task.v1.Task;
import io.macp.v1.Core;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Payloads of vectors, in proto field names, as the bytes that an agent would send. */
final class PayloadEncoder {
  private static final List<FileDescriptor> FILES =
      List.of(
          Core.getDescriptor(),
          Decision.getDescriptor(),
          Proposal.getDescriptor(),
          Task.getDescriptor(),
          Handoff.getDescriptor(),
          Quorum.getDescriptor(),
          MultiRound.getDescriptor());

  private PayloadEncoder() {}

  static ByteString encode(String type, Fields payload) {
    return message(descriptor(type), payload).toByteString();
  }

  private static Descriptor descriptor(String type) {
    int dot = type.lastIndexOf('.');
    if (dot < 0) {
      throw new VectorProblem("payload_type must be a fully qualified name, but is " + type);
    }
    return FILES.stream()
        .filter(file -> file.getPackage().equals(type.substring(0, dot)))
        .flatMap(
            file ->
                Optional.ofNullable(file.findMessageTypeByName(type.substring(dot + 1))).stream())
        .findFirst()
        .orElseThrow(() -> new VectorProblem("payload_type " + type + " is not known"));
  }

  private static DynamicMessage message(Descriptor descriptor, Fields payload) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor);
    FieldDescriptor outcome = descriptor.findFieldByName("outcome_positive");
    if (outcome != null) {
      message.setField(outcome, true); // what the vectors mean when they say nothing
    }
    for (Map.Entry<?, ?> entry : payload.content().entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!name.startsWith("_")) {
        set(message, payload.path() + "." + name, name, Objects.requireNonNull(entry.getValue()));
      }
    }
    return message.build();
  }

  private static void set(DynamicMessage.Builder message, String path, String name, Object value) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new VectorProblem(path + " is no field of " + message.getDescriptorForType().getName());
    }
    if (field.isRepeated() && value instanceof List<?> list) {
      list.forEach(element -> message.addRepeatedField(field, convert(field, path, element)));
    } else {
      message.setField(field, convert(field, path, value));
    }
  }

  private static Object convert(FieldDescriptor field, String path, Object value) {
    return switch (field.getJavaType()) {
      case BYTE_STRING -> bytes(path, value);
      case DOUBLE -> number(path, value).doubleValue();
      case FLOAT -> number(path, value).floatValue();
      case INT -> number(path, value).intValue();
      case LONG -> number(path, value).longValue();
      case STRING, BOOLEAN, ENUM -> value;
      case MESSAGE -> {
        if (value instanceof Map<?, ?> map) {
          yield message(field.getMessageType(), new Fields(path, map));
        }
        throw new VectorProblem(path + " must be an object");
      }
    };
  }

  private static Number number(String path, Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new VectorProblem(path + " must be a number");
  }

  /** Text stands for its UTF-8 bytes, a list for the bytes that it holds. */
  private static ByteString bytes(String path, Object value) {
    if (value instanceof String text) {
      return ByteString.copyFromUtf8(text);
    }
    if (value instanceof List<?> list) {
      byte[] content = new byte[list.size()];
      for (int i = 0; i < content.length; i++) {
        content[i] = number(path, list.get(i)).byteValue();
      }
      return ByteString.copyFrom(content);
    }
    throw new VectorProblem(path + " must be a string or a list of bytes");
  }
}
