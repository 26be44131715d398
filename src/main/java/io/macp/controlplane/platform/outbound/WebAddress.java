// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute {@code http} or {@code https} address with a named host and without user information.
 * Says nothing yet about whether something may be sent there; that is {@link AddressGuard}.
 *
 * @param text as it was given
 * @param secure whether TLS is spoken
 * @param host lower-case name or address literal, without brackets
 * @param port explicit or the scheme's own, 1 to 65535
 * @param target path and query as they go into the request line
 */
public record WebAddress(String text, boolean secure, String host, int port, String target) {
  /** Numbers that some systems take for an address, in a base that others do not see. */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");

  private static final Pattern QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  static final int MAX_PORT = 65_535;

  /**
   * Reads an address.
   *
   * @throws AddressRefused when it is not of that form
   */
  public static WebAddress parse(String text) throws AddressRefused {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new AddressRefused("must be a URL");
    }
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if ((!secure && !scheme.equals("http")) || !isName(uri.getHost())) {
      throw new AddressRefused("must be an http or https URL");
    }
    if (uri.getRawUserInfo() != null) {
      throw new AddressRefused("must not carry a user or password");
    }
    int port = uri.getPort() == -1 ? (secure ? HTTPS : HTTP) : uri.getPort();
    if (port < 1 || port > MAX_PORT) {
      throw new AddressRefused("must have a port from 1 to 65535");
    }
    return new WebAddress(text, secure, bare(uri.getHost()), port, target(uri));
  }

  private static boolean isName(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return !NUMERIC.matcher(name).matches() || QUAD.matcher(name).matches();
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }

  private static String target(URI uri) {
    String ascii = URI.create(uri.toASCIIString()).getRawPath();
    String path = ascii.isEmpty() ? "/" : ascii;
    String query = URI.create(uri.toASCIIString()).getRawQuery();
    return query == null ? path : path + "?" + query;
  }

  /** The value of the {@code Host} header. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
  }

  /** The name that TLS asks for and the certificate must carry, without a trailing dot. */
  String serverName() {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Without path and query, which may carry secrets. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
