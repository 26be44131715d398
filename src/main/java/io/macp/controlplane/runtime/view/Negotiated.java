// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

import java.util.List;
import java.util.Map;

/**
 * The outcome of Initialize (wire contract, section 5.1).
 *
 * @param protocolVersion the version that the runtime selected
 * @param runtimeName the runtime's own name, empty when it gave none
 * @param runtimeVersion the runtime's own version, empty when it gave none
 * @param supportedModes mode ids; empty means that the runtime did not say
 * @param capabilities one map of named features per announced capability, in JSON terms
 */
public record Negotiated(
    String protocolVersion,
    String runtimeName,
    String runtimeVersion,
    List<String> supportedModes,
    Map<String, Object> capabilities) {

  public Negotiated {
    supportedModes = List.copyOf(supportedModes);
    capabilities = Map.copyOf(capabilities);
  }
}
