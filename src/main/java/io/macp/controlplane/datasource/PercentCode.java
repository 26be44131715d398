// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/** Percent-encoding of URL parts. */
final class PercentCode {
  private PercentCode() {}

  /** The plain text of a URL part, where {@code +} means itself; empty when an escape is broken. */
  static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The plain text of a parameter as the driver reads it, where {@code +} means a space. */
  static String decodeForm(String text) throws MalformedUrl {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedUrl("has a '%' in a parameter that begins no %XX escape");
    }
  }

  /** A form of the text that the driver decodes to the same. */
  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
