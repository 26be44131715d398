// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.macp.controlplane.platform.Json;
import io.macp.v1.CommitmentPayload;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published vectors of the hash, and each step of each. */
class HashVectorTest {
  @TestFactory
  Stream<DynamicTest> vectors() throws IOException, URISyntaxException {
    Path folder = Path.of(HashVectorTest.class.getResource("/conformance/macp/cmt-hash").toURI());
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).as("vectors").hasSizeGreaterThanOrEqualTo(3);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    Map<String, Object> vector = Json.readObject(Files.readString(file));
    Object fields = Objects.requireNonNull(vector.get("payload"));
    Message payload = message(CommitmentPayload.newBuilder(), fields);

    CommitmentHash hash = Hashes.hash(payload.toByteArray());

    assertThat(vector).containsEntry("label", CommitmentHash.LABEL);
    assertThat(vector).containsEntry("jcs_utf8_hex", hash.canonicalHex());
    assertThat(vector).containsEntry("preimage_utf8_hex", hash.preimageHex());
    assertThat(vector).containsEntry("hash", hash.value());
    assertThat(CommitmentHash.isWellFormed(hash.value())).isTrue();
  }

  private static Message message(Message.Builder message, Object tree) {
    ((Map<?, ?>) tree)
        .forEach(
            (name, value) -> {
              FieldDescriptor field = message.getDescriptorForType().findFieldByName((String) name);
              message.setField(
                  field,
                  value instanceof Map<?, ?> inner
                      ? message(message.newBuilderForField(field), inner)
                      : value);
            });
    return message.build();
  }
}
