// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Payload;

/** Reads the payload of one message type. */
@FunctionalInterface
interface PayloadParser {
  Payload parse(ByteString bytes) throws InvalidProtocolBufferException;
}
