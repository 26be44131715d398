// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which addresses a cancel callback may have: plain web addresses of a named host. */
final class CallbackTarget {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private CallbackTarget() {}

  /** The address, or a problem that names the field. */
  static URI require(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw refused("must be a URL");
    }
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
      throw refused("must be an http or https URL");
    }
    if (uri.getUserInfo() != null) {
      throw refused("must not carry a user or password");
    }
    return uri;
  }

  private static Problem.ProblemException refused(String why) {
    return Problem.invalid(List.of("session.metadata.cancelCallback.url " + why)).asException();
  }
}
