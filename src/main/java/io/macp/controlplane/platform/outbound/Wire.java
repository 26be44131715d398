// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little of HTTP/1.1 (RFC 9112) that one request and the head of one answer need. */
final class Wire {
  private static final int LONGEST_HEAD = 32 * 1024;
  private static final int MOST_INTERIM_ANSWERS = 8;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private Wire() {}

  /** The other side does not speak HTTP, or too much of it. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** What an answer begins with. */
  record Head(int status, Optional<Duration> retryAfter) {}

  static byte[] request(WebAddress to, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(256);
    head.append("POST ").append(to.target()).append(" HTTP/1.1\r\n");
    line(head, "Host", to.authority());
    headers.forEach((name, value) -> line(head, name, value));
    line(head, "Content-Length", Integer.toString(body.length));
    line(head, "Connection", "close");
    head.append("\r\n");
    byte[] begin = head.toString().getBytes(ISO_8859_1);
    byte[] all = new byte[begin.length + body.length];
    System.arraycopy(begin, 0, all, 0, begin.length);
    System.arraycopy(body, 0, all, begin.length, body.length);
    return all;
  }

  /** A line break in a value would begin a header of somebody else's choice. */
  private static void line(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(unit -> unit < ' ' || unit > '~')) {
      throw new IllegalArgumentException("header " + name + " holds more than printable ASCII");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Reads up to the end of the final answer's head; interim answers are passed over. */
  static Head head(InputStream answer) throws IOException {
    for (int i = 0; i < MOST_INTERIM_ANSWERS; i++) {
      String[] lines = text(answer).split("\r?\n", -1);
      Matcher status = STATUS.matcher(lines[0]);
      if (!status.matches()) {
        throw new Malformed();
      }
      int code = Integer.parseInt(status.group(1));
      if (code >= 200) {
        return new Head(code, retryAfter(lines));
      }
    }
    throw new Malformed();
  }

  private static String text(InputStream answer) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    int newLines = 0;
    while (newLines < 2) {
      int next = answer.read();
      if (next < 0 || head.size() >= LONGEST_HEAD) {
        throw new Malformed();
      }
      head.write(next);
      if (next == '\n') {
        newLines++;
      } else if (next != '\r') {
        newLines = 0;
      }
    }
    return head.toString(ISO_8859_1);
  }

  private static Optional<Duration> retryAfter(String[] lines) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("retry-after")) {
        String value = line.substring(colon + 1).trim();
        return SECONDS.matcher(value).matches()
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
