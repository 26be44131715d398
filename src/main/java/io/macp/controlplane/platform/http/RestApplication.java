// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Puts every resource of the product at the root of the host, as existing clients expect. */
@ApplicationPath("/")
public class RestApplication extends Application {
  /** Settings of Jersey, which other servers pass over: no description of its own, no MOXy. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.server.disableMoxyJson", true,
        "jersey.config.server.response.setStatusOverSendError", true);
  }
}
