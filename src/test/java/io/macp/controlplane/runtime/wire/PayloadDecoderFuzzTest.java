// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.GoldenPayloads.Golden;
import io.macp.controlplane.runtime.wire.PayloadDecoder.Decoded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives is decoded, twice alike, and can be written as JSON. Seeds are fixed. */
class PayloadDecoderFuzzTest {
  private static final List<Golden> TYPES = GoldenPayloads.all().toList();
  private static final String STRUCTURE = "{}[]\":,0123456789.eE-+tfn \\u\u0000a";

  @Test
  void survivesRandomBytes() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      random.nextBytes(bytes);
      check(TYPES.get(random.nextInt(TYPES.size())), bytes);
    }
  }

  @Test
  void survivesDamagedMessages() {
    SplittableRandom random = new SplittableRandom(20_260_102);
    for (int i = 0; i < 5_000; i++) {
      Golden type = TYPES.get(random.nextInt(TYPES.size()));
      byte[] bytes = type.payload().toByteArray();
      int flips = 1 + random.nextInt(3);
      for (int flip = 0; flip < flips; flip++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      check(type, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)));
    }
  }

  @Test
  void survivesTextsThatLookLikeJson() {
    SplittableRandom random = new SplittableRandom(20_260_103);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(24)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
      }
      check(TYPES.get(random.nextInt(TYPES.size())), bytes);
    }
  }

  private static void check(Golden type, byte[] bytes) {
    try {
      Decoded decoded = decode(type, bytes);
      if (!decoded.equals(decode(type, bytes)) || Json.write(decoded.tree()).isEmpty()) {
        throw new IllegalStateException("not the same twice");
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(type + " " + HexFormat.of().formatHex(bytes), e);
    }
  }

  private static Decoded decode(Golden type, byte[] bytes) {
    return PayloadDecoder.decode(type.mode(), type.messageType(), bytes).orElseThrow();
  }
}
