// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a request into a tree, as sections 1.1 and 1.4 of the contract want it. */
final class RequestBody {
  static final int MAX_BYTES = 1024 * 1024;
  private static final int LONGEST_PLACE = 200;

  private RequestBody() {}

  /** Reads what a client sent as JSON; nothing at all reads as an empty object. */
  static @Nullable Object read(InputStream body) throws IOException {
    byte[] text = body.readNBytes(MAX_BYTES + 1);
    if (text.length > MAX_BYTES) {
      throw tooLarge();
    }
    if (new String(text, StandardCharsets.ISO_8859_1).isBlank()) {
      return Map.of();
    }
    return storable(parse(text));
  }

  static Problem.ProblemException tooLarge() {
    return Problem.of(
            ErrorCode.PAYLOAD_TOO_LARGE, "request body is larger than " + MAX_BYTES + " bytes")
        .asException();
  }

  private static @Nullable Object parse(byte[] text) {
    try {
      return Json.read(text);
    } catch (Json.MalformedJson e) {
      throw Problem.of(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage())).asException();
    }
  }

  private static @Nullable Object storable(@Nullable Object tree) {
    Optional<String> place = Unicode.findUnstorable(tree);
    if (place.isPresent()) {
      throw Problem.of(
              ErrorCode.VALIDATION_ERROR,
              shortened(place.get())
                  + " must hold finite numbers and valid text without the character U+0000 only")
          .asException();
    }
    return tree;
  }

  /** The client knows its own names; the end of a long place is enough to find it. */
  private static String shortened(String place) {
    return place.length() <= LONGEST_PLACE
        ? place
        : "…" + place.substring(place.length() - LONGEST_PLACE);
  }
}
