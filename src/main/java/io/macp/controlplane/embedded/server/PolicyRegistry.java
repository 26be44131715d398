// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
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
  private final ModeRegistry modes;
  private final Clock clock;
  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Broadcast<WatchPoliciesResponse> broadcast = new Broadcast<>();
  private volatile PolicyCatalog catalog = PolicyCatalog.of(List.of());

  PolicyRegistry(PolicyStore store, ModeRegistry modes, Clock clock, Source source) {
    this.store = store;
    this.modes = modes;
    this.clock = clock;
    this.source = source;
  }

  /**
   * Where the policies come from.
   *
   * @param fixed these and no others, if present; otherwise what was registered
   */
  record Source(Optional<List<PolicyDescriptor>> fixed) {}

  /** Takes the fixed policies, or reads what was registered before. */
  void load() {
    catalog = PolicyCatalog.of(source.fixed().orElseGet(store::listAll));
  }

  /** True when nobody may register or remove policies. */
  boolean isReadOnly() {
    return source.fixed().isPresent();
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
      Optional<String> problem = problem(policy);
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
    if (PolicyCatalog.isBuiltIn(policyId)) {
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

  private Optional<String> problem(PolicyDescriptor policy) {
    return catalog
        .refusal(policy)
        .or(
            () ->
                Optional.of(String.join("; ", modes.catalog().problemsOf(policy)))
                    .filter(problems -> !problems.isEmpty()));
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
