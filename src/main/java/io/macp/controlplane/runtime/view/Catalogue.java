// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

import java.util.List;
import java.util.Map;

/** What a runtime says about itself and what it offers (wire contract, section 5.2). */
public final class Catalogue {
  private Catalogue() {}

  /** Self-description of a runtime. Texts are empty when left out. */
  public record Manifest(
      String agentId,
      String title,
      String description,
      List<String> supportedModes,
      Map<String, String> metadata) {

    public Manifest {
      supportedModes = List.copyOf(supportedModes);
      metadata = Map.copyOf(metadata);
    }
  }

  /** One coordination mode. Texts are empty when left out. */
  public record Mode(
      String mode,
      String modeVersion,
      String title,
      String description,
      String determinismClass,
      String participantModel,
      List<String> messageTypes,
      List<String> terminalMessageTypes,
      Map<String, String> schemaUris) {

    public Mode {
      messageTypes = List.copyOf(messageTypes);
      terminalMessageTypes = List.copyOf(terminalMessageTypes);
      schemaUris = Map.copyOf(schemaUris);
    }
  }

  /** A place that the runtime's sessions may refer to; the name is empty when left out. */
  public record Root(String uri, String name) {}
}
