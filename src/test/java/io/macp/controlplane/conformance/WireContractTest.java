// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.macp.modes.decision.v1.Decision;
import io.macp.modes.handoff.v1.Handoff;
import io.macp.modes.multi_round.v1.MultiRound;
import io.macp.modes.proposal.v1.Proposal;
import io.macp.modes.quorum.v1.Quorum;
import io.macp.modes.task.v1.Task;
import io.macp.v1.Core;
import io.macp.v1.EnvelopeOuterClass;
import io.macp.v1.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The wire is what the protocol publishes: every message, field, number, type and call. */
class WireContractTest {
  private static final Path CONTRACT = Path.of("src/test/resources/conformance/wire-contract.txt");
  private static final List<FileDescriptor> FILES =
      List.of(
          EnvelopeOuterClass.getDescriptor(),
          Policy.getDescriptor(),
          Core.getDescriptor(),
          Decision.getDescriptor(),
          Proposal.getDescriptor(),
          Task.getDescriptor(),
          Handoff.getDescriptor(),
          Quorum.getDescriptor(),
          MultiRound.getDescriptor());

  @Test
  void hasEveryMessageFieldAndCallOfTheProtocolAndNoOther() throws IOException {
    List<String> found = FILES.stream().flatMap(WireContractTest::lines).toList();

    assertThat(found).isEqualTo(Files.readAllLines(CONTRACT));
  }

  private static Stream<String> lines(FileDescriptor file) {
    return Stream.of(
            Stream.of("package " + file.getPackage()),
            file.getEnumTypes().stream().map(WireContractTest::line),
            file.getMessageTypes().stream().flatMap(WireContractTest::lines),
            file.getServices().stream().flatMap(WireContractTest::lines))
        .flatMap(part -> part);
  }

  private static String line(EnumDescriptor type) {
    return type.getFullName()
        + ": "
        + type.getValues().stream()
            .map((EnumValueDescriptor value) -> value.getNumber() + " " + value.getName())
            .collect(Collectors.joining(", "));
  }

  private static Stream<String> lines(Descriptor message) {
    if (message.getOptions().getMapEntry()) {
      return Stream.empty();
    }
    String fields =
        message.getFields().stream()
            .map(WireContractTest::field)
            .collect(Collectors.joining(", ", message.getFullName() + ": ", ""))
            .strip();
    return Stream.of(
            Stream.of(fields),
            message.getEnumTypes().stream().map(WireContractTest::line),
            message.getNestedTypes().stream().flatMap(WireContractTest::lines))
        .flatMap(part -> part);
  }

  private static String field(FieldDescriptor field) {
    String choice =
        field.getRealContainingOneof() == null
            ? ""
            : " of " + field.getRealContainingOneof().getName();
    return field.getNumber() + " " + field.getName() + " " + type(field) + choice;
  }

  private static String type(FieldDescriptor field) {
    if (field.isMapField()) {
      List<FieldDescriptor> entry = field.getMessageType().getFields();
      return "map<" + single(entry.get(0)) + "," + single(entry.get(1)) + ">";
    }
    return (field.isRepeated() ? "repeated " : "") + single(field);
  }

  private static String single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getName();
      case ENUM -> field.getEnumType().getName();
      case BOOLEAN, BYTE_STRING, DOUBLE, FLOAT, INT, LONG, STRING ->
          field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Stream<String> lines(ServiceDescriptor service) {
    return service.getMethods().stream().map(WireContractTest::line);
  }

  private static String line(MethodDescriptor call) {
    return call.getFullName()
        + ": "
        + (call.isClientStreaming() ? "stream " : "")
        + call.getInputType().getName()
        + " -> "
        + (call.isServerStreaming() ? "stream " : "")
        + call.getOutputType().getName();
  }
}
