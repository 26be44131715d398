// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request whose target may have been written by hand. Browsers send characters such as {@code |}
 * as they are, and existing clients get answers to that; the container only takes what RFC 3986
 * allows and would fail. So these characters are percent-encoded before it looks.
 */
final class TidyRequest extends HttpServletRequestWrapper {
  private static final String LEGAL = "-._~:/?@!$&'()*+,;=[]";

  private TidyRequest(HttpServletRequest request) {
    super(request);
  }

  static HttpServletRequest of(HttpServletRequest request) {
    String query = request.getQueryString();
    boolean tidy =
        tidy(request.getRequestURI()).equals(request.getRequestURI())
            && (query == null || tidy(query).equals(query));
    return tidy ? request : new TidyRequest(request);
  }

  @Override
  public String getRequestURI() {
    return tidy(super.getRequestURI());
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(tidy(super.getRequestURL().toString()));
  }

  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : tidy(query);
  }

  static String tidy(String target) {
    StringBuilder tidy = new StringBuilder(target.length());
    for (int i = 0; i < target.length(); i++) {
      char sign = target.charAt(i);
      if (isLegal(sign) || (sign == '%' && isEscape(target, i))) {
        tidy.append(sign);
      } else {
        encode(sign, tidy);
      }
    }
    return tidy.toString();
  }

  private static boolean isLegal(char sign) {
    return (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || (sign >= '0' && sign <= '9')
        || LEGAL.indexOf(sign) >= 0;
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
