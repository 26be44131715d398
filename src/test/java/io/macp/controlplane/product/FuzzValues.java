// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** What nobody should send, one character per byte of what goes over the wire. */
final class FuzzValues {
  /** Texts that have broken servers before. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "\u0001\u001f\u007f",
          "-1",
          "0",
          "1",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e400",
          "1e-400",
          "NaN",
          "Infinity",
          "0x10",
          "1.5",
          "+1",
          "٣",
          "true",
          "null",
          "undefined",
          "[]",
          "{}",
          "\"",
          "\\",
          "'",
          "'; select 1; --",
          "%",
          "%s%n",
          "${x}",
          "{{x}}",
          "../../etc/passwd",
          "a/b",
          "\r\nX: y",
          "\t",
          "\u00e9",
          "\ud83d\ude00",
          "\u202e",
          "\ufeff",
          "\ufffe",
          "e\u0301",
          "running",
          "completed",
          "asc",
          "createdAt",
          "instant",
          "jsonl",
          "24h",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "9999-12-31T23:59:59.999Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "0000-00-00T00:00:00Z",
          "2026-01-01T00:00:00+18:00",
          "123e4567-e89b-42d3-a456-426614174000",
          "1-1-1-1-1");

  private static final List<String> ESCAPES =
      List.of(
          "%00",
          "%",
          "%2",
          "%zz",
          "%ff",
          "%c0%af",
          "%ed%a0%80",
          "%f8%88%80%80%80",
          "%e2%82",
          "%2e%2e",
          "%2f",
          "%5c",
          "%0d%0a",
          "%25",
          "%3f",
          "%23",
          "%u0041",
          "..",
          ".",
          ";a=b",
          "//",
          "\u00ff");

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1",
          "1.5",
          "1e308",
          "1e400",
          "-1e400",
          "1e-400",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "123456789012345678901234567890",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"\\u0001\\u001f\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[1,\"a\",{}]",
          "{\"\":1}",
          "{\"a\\u0000\":1}",
          "{\"__proto__\":{}}",
          "\"2026-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"live\"",
          "\"123e4567-e89b-42d3-a456-426614174000\"",
          "[\"123e4567-e89b-42d3-a456-426614174000\"]",
          "\"http://[::1\"",
          "\"http://127.0.0.1:1/\"",
          "\"file:///etc/passwd\"",
          "\"http://\\u0000/\"",
          "NaN",
          "Infinity",
          "'a'",
          "01",
          "+1",
          "undefined",
          "\"\\x\"",
          "\"\\ud8\"",
          "\"unfinished");

  private final SplittableRandom random;

  FuzzValues(SplittableRandom random) {
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Any text, as the bytes of UTF-8 or as any bytes. */
  String text() {
    return switch (random.nextInt(8)) {
      case 0 -> bytes(1 + random.nextInt(24));
      case 1 -> wire(one(TEXTS).repeat(1 + random.nextInt(40)));
      case 2 -> wire("x".repeat(random.nextInt(5_000)));
      default -> wire(one(TEXTS));
    };
  }

  /** Part of a request target: escaped well, escaped badly, or not at all. */
  String inTarget() {
    return switch (random.nextInt(5)) {
      case 0 -> one(ESCAPES);
      case 1 -> one(ESCAPES) + one(ESCAPES) + one(ESCAPES);
      case 2 -> printable(text());
      default -> escaped(text());
    };
  }

  /** A value of a header: no line breaks, which would end it, and no zero. */
  String inHeader() {
    return text().replaceAll("[\r\n\0]", "");
  }

  /** A JSON value, good or not. */
  String json() {
    return switch (random.nextInt(10)) {
      case 0 -> "[".repeat(1 + random.nextInt(300)) + "]".repeat(random.nextInt(300));
      case 1 -> "{\"a\":".repeat(40) + one(JSON) + "}".repeat(40);
      case 2 -> "\"" + "\u00c3\u00a9".repeat(random.nextInt(3_000)) + "\"";
      case 3 -> "\"" + bytes(1 + random.nextInt(12)) + "\"";
      case 4 -> "[" + (one(JSON) + ",").repeat(random.nextInt(250)) + one(JSON) + "]";
      default -> wire(one(JSON));
    };
  }

  /** Bytes in any order. */
  String bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte one : text.getBytes(ISO_8859_1)) {
      boolean plain = Character.isLetterOrDigit(one) && one > 0;
      escaped.append(plain ? (char) one : "%" + HexFormat.of().toHexDigits(one));
    }
    return escaped.toString();
  }

  /** Without what ends a target or no server reads in one. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x20\\x7f#]", "");
  }

  private static String wire(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
