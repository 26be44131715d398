// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.store.PolicyStore;
import io.macp.controlplane.platform.Json;
import io.macp.v1.WatchPoliciesResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The policies of this runtime (MACP contract, section 9.5): checked, stored, then visible. Changes
 * are made one at a time; the catalogue may be read at any moment. Thread-safe.
 */
final class PolicyRegistry {
  private final PolicyStore store;
  private final ModeCatalog modes;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Broadcast<WatchPoliciesResponse> broadcast = new Broadcast<>();
  private volatile PolicyCatalog catalog = PolicyCatalog.of(List.of());

  PolicyRegistry(PolicyStore store, ModeCatalog modes, Clock clock) {
    this.store = store;
    this.modes = modes;
    this.clock = clock;
  }

  /** Reads what was registered before. */
  void load() {
    catalog = PolicyCatalog.of(store.listAll());
  }

  PolicyCatalog catalog() {
    return catalog;
  }

  void join(Outlet<WatchPoliciesResponse> outlet) {
    broadcast.join(outlet, frame -> true, () -> List.of(frame()));
  }

  /** Registers a policy; the answer is what is wrong with it, if anything. */
  Optional<String> register(io.macp.v1.PolicyDescriptor asked) {
    String text = asked.getRules().isBlank() ? "{}" : asked.getRules();
    Optional<PolicyDescriptor.Rules> rules;
    try {
      rules = parse(text);
    } catch (Json.MalformedJson e) {
      return Optional.of("rules must be a JSON object: " + e.getMessage());
    }
    if (rules.isEmpty()) {
      return Optional.of("rules must be a JSON object, but is another JSON value");
    }
    return register(
        new PolicyDescriptor(
            asked.getPolicyId(),
            asked.getMode(),
            asked.getDescription(),
            rules.get(),
            asked.getSchemaVersion(),
            clock.millis()));
  }

  private Optional<String> register(PolicyDescriptor policy) {
    lock.lock();
    try {
      Optional<String> problem = storable(policy).or(() -> problem(policy));
      if (problem.isEmpty()) {
        store.add(policy);
        change(catalog.with(policy));
      }
      return problem;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a policy; the answer is why it cannot be removed, if so. */
  Optional<String> unregister(String policyId) {
    if (policyId.equals(PolicyDescriptor.DEFAULT_ID)) {
      return Optional.of("policy " + policyId + " is built in and cannot be removed");
    }
    lock.lock();
    try {
      if (catalog.find(policyId).isEmpty()) {
        return Optional.of("policy '" + policyId + "' is not registered");
      }
      store.remove(policyId);
      change(catalog.without(policyId));
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static Optional<PolicyDescriptor.Rules> parse(String text) throws Json.MalformedJson {
    Object tree = Json.read(text.getBytes(StandardCharsets.UTF_8));
    return tree instanceof Map<?, ?>
        ? Optional.of(new PolicyDescriptor.Rules(text, Json.readObject(text)))
        : Optional.empty();
  }

  private void change(PolicyCatalog next) {
    broadcast.publish(() -> catalog = next, this::frame);
  }

  /** What the database would not take. */
  private static Optional<String> storable(PolicyDescriptor policy) {
    String all = policy.id() + policy.description() + policy.rules().text();
    if (all.indexOf('\0') >= 0) {
      return Optional.of("policy_id, description and rules must not hold NUL characters");
    }
    return policy.id().length() > 256
        ? Optional.of("policy_id must have at most 256 characters")
        : Optional.empty();
  }

  private Optional<String> problem(PolicyDescriptor policy) {
    Optional<String> refusal = catalog.refusal(policy);
    if (refusal.isPresent()) {
      return refusal;
    }
    // A policy for every mode is held to the decision schema.
    String schemaMode =
        policy.mode().equals(PolicyDescriptor.ANY_MODE) ? DecisionMode.ID : policy.mode();
    Optional<Mode> mode = modes.find(schemaMode);
    if (mode.isEmpty()) {
      return Optional.of(
          "mode '" + policy.mode() + "' is not registered; expected * or one of " + modes.ids());
    }
    RuleReader reader = policy.rules().reader();
    mode.get().readRules(reader, policy.schemaVersion());
    return reader.problems().isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", reader.problems()));
  }

  private WatchPoliciesResponse frame() {
    return WatchPoliciesResponse.newBuilder()
        .addAllDescriptors(catalog.list("").stream().map(PolicyRegistry::wire).toList())
        .setObservedAtUnixMs(clock.millis())
        .build();
  }

  static io.macp.v1.PolicyDescriptor wire(PolicyDescriptor policy) {
    return io.macp.v1.PolicyDescriptor.newBuilder()
        .setPolicyId(policy.id())
        .setMode(policy.mode())
        .setDescription(policy.description())
        .setRules(policy.rules().text())
        .setSchemaVersion(policy.schemaVersion())
        .setRegisteredAtUnixMs(policy.registeredAtUnixMs())
        .build();
  }
}
