// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies that a session may bind, as an immutable value; {@code policy.default} is always
 * among them (MACP contract, sections 9.1 and 9.5).
 */
public final class PolicyCatalog {
  private final Map<String, PolicyDescriptor> policies;

  private PolicyCatalog(Map<String, PolicyDescriptor> policies) {
    this.policies = policies;
  }

  /** The catalogue of these policies and the built-in one. */
  public static PolicyCatalog of(List<PolicyDescriptor> registered) {
    Map<String, PolicyDescriptor> policies = new TreeMap<>();
    policies.put(PolicyDescriptor.DEFAULT_ID, PolicyDescriptor.neutral());
    registered.forEach(policy -> policies.put(policy.id(), policy));
    return new PolicyCatalog(policies);
  }

  /** The policy of that id. */
  public Optional<PolicyDescriptor> find(String id) {
    return Optional.ofNullable(policies.get(id));
  }

  /** All policies by id, or those that a session of the mode may bind when a mode is named. */
  public List<PolicyDescriptor> list(String mode) {
    return policies.values().stream().filter(p -> mode.isEmpty() || p.governs(mode)).toList();
  }

  /** This catalogue and one more policy. */
  public PolicyCatalog with(PolicyDescriptor policy) {
    Map<String, PolicyDescriptor> more = new TreeMap<>(policies);
    more.put(policy.id(), policy);
    return new PolicyCatalog(more);
  }

  /** This catalogue without a policy. */
  public PolicyCatalog without(String id) {
    Map<String, PolicyDescriptor> fewer = new TreeMap<>(policies);
    fewer.remove(id);
    return new PolicyCatalog(fewer);
  }

  /** What forbids the policy's name and version from being registered here, if anything. */
  public Optional<String> refusal(PolicyDescriptor policy) {
    if (policy.id().isBlank()) {
      return Optional.of("policy_id must not be blank");
    }
    if (policy.id().equals(PolicyDescriptor.DEFAULT_ID)) {
      return Optional.of("policy_id " + policy.id() + " is built in and cannot be registered");
    }
    if (policies.containsKey(policy.id())) {
      return Optional.of(
          "policy_id " + policy.id() + " is already registered; policies are immutable");
    }
    if (!PolicyDescriptor.SCHEMA_VERSIONS.contains(policy.schemaVersion())) {
      return Optional.of(
          "schema_version must be 1, 2 or 3, but is "
              + Integer.toUnsignedString(policy.schemaVersion()));
    }
    return Optional.empty();
  }
}
