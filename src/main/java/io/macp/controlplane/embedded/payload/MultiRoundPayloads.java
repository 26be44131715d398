// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.multiround.Contribution;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.platform.Json;
import io.macp.modes.multi_round.v1.ContributePayload;
import java.util.Map;
import java.util.Optional;

/** The payload of the multi-round mode, in JSON or protobuf (MACP contract, section 1.9). */
final class MultiRoundPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(MultiRoundMode.CONTRIBUTE, MultiRoundPayloads::contribution);

  /** How every protobuf encoding of a value begins; to JSON it is white space. */
  private static final byte PROTOBUF_START = 0x0A;

  private MultiRoundPayloads() {}

  private static Payload contribution(ByteString bytes) throws InvalidProtocolBufferException {
    if (bytes.isEmpty()) {
      return new Payload.Unreadable("the payload of a Contribute must not be empty");
    }
    // A value that is itself JSON must not be taken for the older encoding.
    Optional<String> json = bytes.byteAt(0) == PROTOBUF_START ? Optional.empty() : json(bytes);
    return new Contribution(
        json.isPresent() ? json.get() : ContributePayload.parseFrom(bytes).getValue());
  }

  private static Optional<String> json(ByteString bytes) {
    try {
      return Json.read(bytes.toByteArray()) instanceof Map<?, ?> fields
              && fields.get("value") instanceof String value
          ? Optional.of(value)
          : Optional.empty();
    } catch (Json.MalformedJson e) {
      return Optional.empty();
    }
  }
}
