// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modes that this runtime can hold sessions in, as an immutable value: a change of the registry
 * makes a new catalogue. What is offered for new sessions may change; the built-in modes, which
 * sessions of the past refer to, do not.
 */
public final class ModeCatalog {
  private static final String SHARED_SCHEMA = "macp.mode.decision.v1";

  private final Map<String, Mode> builtIn = new LinkedHashMap<>();
  private final Map<String, Mode> offered = new LinkedHashMap<>();

  /** The built-in modes alone, in registry order. */
  public ModeCatalog(List<Mode> builtIn) {
    this(builtIn, List.of());
  }

  private ModeCatalog(List<Mode> builtIn, List<Mode> registered) {
    builtIn.forEach(mode -> this.builtIn.put(mode.descriptor().mode(), mode));
    offered.putAll(this.builtIn);
    // A promoted built-in mode is offered as what it was promoted to.
    registered.forEach(
        mode -> mode.registration().flatMap(Mode.Registration::base).ifPresent(offered::remove));
    registered.stream()
        .sorted(Comparator.comparing(mode -> mode.descriptor().mode()))
        .forEach(mode -> offered.put(mode.descriptor().mode(), mode));
  }

  /** The same built-in modes, and these registered ones after them by their ids. */
  public ModeCatalog withRegistered(List<Mode> registered) {
    return new ModeCatalog(List.copyOf(builtIn.values()), registered);
  }

  /** The mode that a new session of that id would be held in. */
  public Optional<Mode> find(String id) {
    return Optional.ofNullable(offered.get(id));
  }

  /** The built-in mode of that id, offered under it or not. */
  public Optional<Mode> findBuiltIn(String id) {
    return Optional.ofNullable(builtIn.get(id));
  }

  /** What is offered, in registry order. */
  public List<Mode> modes() {
    return List.copyOf(offered.values());
  }

  /**
   * Everything in the rules of a policy that its mode cannot evaluate, each with its path; empty
   * when the rules are good. A policy for every mode is held to the decision schema (section 9.5).
   */
  public List<String> problemsOf(PolicyDescriptor policy) {
    Optional<Mode> mode =
        policy.mode().equals(PolicyDescriptor.ANY_MODE)
            ? findBuiltIn(SHARED_SCHEMA)
            : find(policy.mode());
    if (mode.isEmpty()) {
      return List.of(
          "mode '" + policy.mode() + "' is not registered; expected * or one of " + ids());
    }
    RuleReader reader = policy.rules().strictReader();
    mode.get().readRules(reader, policy.schemaVersion());
    return reader.problems();
  }

  /** The ids of what is offered, for messages that say what was expected. */
  public List<String> ids() {
    return List.copyOf(offered.keySet());
  }
}
