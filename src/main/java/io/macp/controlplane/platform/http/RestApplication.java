// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Puts every resource of the product at the root of the host, as existing clients expect. */
@ApplicationPath("/")
public class RestApplication extends Application {
  /**
   * Settings of Jersey, which other servers pass over: no description of its own, no MOXy,
   * addresses in {@code Location} as they were given, by which they hold behind a proxy as well,
   * and no buffer in which it collects an answer to learn its length. Of that buffer a flush takes
   * nothing out before it is full, so an event stream would stay silent for its first kilobytes.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.server.disableMoxyJson", true,
        "jersey.config.server.contentLength.buffer", 0,
        "jersey.config.server.headers.location.relative.resolution.disabled", true,
        "jersey.config.server.response.setStatusOverSendError", true);
  }
}
