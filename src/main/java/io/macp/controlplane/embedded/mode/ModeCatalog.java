// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The modes that this runtime can hold sessions in, as an immutable value in registry order. */
public record ModeCatalog(List<Mode> modes) {
  private static final String SHARED_SCHEMA = "macp.mode.decision.v1";

  public ModeCatalog {
    modes = List.copyOf(modes);
  }

  /** The mode of that id. */
  public Optional<Mode> find(String id) {
    return modes.stream().filter(mode -> mode.descriptor().mode().equals(id)).findFirst();
  }

  /** This catalogue and one more mode. */
  public ModeCatalog with(Mode mode) {
    List<Mode> more = new ArrayList<>(modes);
    more.add(mode);
    return new ModeCatalog(more);
  }

  /**
   * Everything in the rules of a policy that its mode cannot evaluate, each with its path; empty
   * when the rules are good. A policy for every mode is held to the decision schema (section 9.5).
   */
  public List<String> problemsOf(PolicyDescriptor policy) {
    String schemaMode =
        policy.mode().equals(PolicyDescriptor.ANY_MODE) ? SHARED_SCHEMA : policy.mode();
    Optional<Mode> mode = find(schemaMode);
    if (mode.isEmpty()) {
      return List.of(
          "mode '" + policy.mode() + "' is not registered; expected * or one of " + ids());
    }
    RuleReader reader = policy.rules().strictReader();
    mode.get().readRules(reader, policy.schemaVersion());
    return reader.problems();
  }

  /** All mode ids, for messages that say what was expected. */
  public List<String> ids() {
    return modes.stream().map(mode -> mode.descriptor().mode()).toList();
  }
}
