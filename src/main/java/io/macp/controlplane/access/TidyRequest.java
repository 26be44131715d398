// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that may have been written by hand. Browsers send characters such as {@code |} as they
 * are, and existing clients get answers to that; the container only takes what RFC 3986 allows and
 * would fail. So these characters are percent-encoded before it looks. Likewise a {@code
 * Content-Type} that is no media type counts as one of a body that nobody reads (section 1.1 of the
 * contract), and an {@code Accept} with what is none as one that takes anything.
 */
final class TidyRequest extends HttpServletRequestWrapper {
  private static final String LEGAL = "-._~:/?@!$&'()*+,;=";

  /** Clients write lists in queries with brackets; no path may hold them. */
  private static final String LEGAL_IN_QUERY = LEGAL + "[]";

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String VALUE = "(?:" + TOKEN + "|\"[\\x20!\\x23-\\x5b\\x5d-\\x7e]*+\")";
  private static final String MEDIA_TYPE =
      " *+" + TOKEN + "/" + TOKEN + "(?: *+; *+" + TOKEN + "=" + VALUE + ")*+ *+";
  private static final Pattern ONE_TYPE = Pattern.compile(MEDIA_TYPE);
  private static final Pattern TYPES = Pattern.compile(MEDIA_TYPE + "(?:," + MEDIA_TYPE + ")*+");
  private static final String UNREAD = "application/octet-stream";
  private static final String ANYTHING = "*/*";

  private TidyRequest(HttpServletRequest request) {
    super(request);
  }

  static HttpServletRequest of(HttpServletRequest request) {
    return new TidyRequest(request);
  }

  @Override
  public @Nullable String getContentType() {
    return tidyHeader("Content-Type", super.getContentType());
  }

  @Override
  public @Nullable String getHeader(String name) {
    return tidyHeader(name, super.getHeader(name));
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    List<String> tidy =
        Collections.list(super.getHeaders(name)).stream()
            .map(value -> String.valueOf(tidyHeader(name, value)))
            .toList();
    return Collections.enumeration(tidy);
  }

  /** The value, or what the container can read in its place. */
  static @Nullable String tidyHeader(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "content-type" -> ONE_TYPE.matcher(value).matches() ? value : UNREAD;
      case "accept" -> TYPES.matcher(value).matches() ? value : ANYTHING;
      default -> value;
    };
  }

  /** Whether the bytes of a path are UTF-8 once their escapes are undone. */
  static boolean isUtf8(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      boolean escaped = path.charAt(i) == '%' && isEscape(path, i);
      bytes.put(
          escaped ? (byte) HexFormat.fromHexDigits(path, i + 1, i + 3) : (byte) path.charAt(i));
      i += escaped ? 2 : 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public String getRequestURI() {
    return tidyPath(super.getRequestURI());
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(tidyPath(super.getRequestURL().toString()));
  }

  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : tidyQuery(query);
  }

  static String tidyPath(String path) {
    return tidy(path, LEGAL);
  }

  static String tidyQuery(String query) {
    return tidy(query, LEGAL_IN_QUERY);
  }

  private static String tidy(String text, String legal) {
    StringBuilder tidy = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (isLegal(sign, legal) || (sign == '%' && isEscape(text, i))) {
        tidy.append(sign);
      } else {
        encode(sign, tidy);
      }
    }
    return tidy.toString();
  }

  private static boolean isLegal(char sign, String legal) {
    return (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || (sign >= '0' && sign <= '9')
        || legal.indexOf(sign) >= 0;
  }

  private static boolean isEscape(String target, int at) {
    return at + 2 < target.length()
        && HexFormat.isHexDigit(target.charAt(at + 1))
        && HexFormat.isHexDigit(target.charAt(at + 2));
  }

  private static void encode(char sign, StringBuilder into) {
    // The container hands out the bytes of the line as one character each.
    byte[] bytes =
        sign <= 0xff
            ? new byte[] {(byte) sign}
            : String.valueOf(sign).getBytes(StandardCharsets.UTF_8);
    for (byte one : bytes) {
      into.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
    }
  }
}
