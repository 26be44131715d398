// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The policies that a session may bind, as an immutable value; {@code policy.default} and the
 * recommended policies are always among them (MACP contract, sections 9.1 and 9.5).
 */
public final class PolicyCatalog {
  private static final List<PolicyDescriptor> BUILT_IN =
      Stream.concat(Stream.of(PolicyDescriptor.neutral()), RecommendedPolicies.all().stream())
          .toList();

  private final Map<String, PolicyDescriptor> policies;

  private PolicyCatalog(Map<String, PolicyDescriptor> policies) {
    this.policies = policies;
  }

  /** The catalogue of these policies and the built-in ones. */
  public static PolicyCatalog of(List<PolicyDescriptor> registered) {
    Map<String, PolicyDescriptor> policies = new TreeMap<>();
    registered.forEach(policy -> policies.put(policy.id(), policy));
    BUILT_IN.forEach(policy -> policies.put(policy.id(), policy));
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

  /** True for the policies that are always there and can be neither registered nor removed. */
  public static boolean isBuiltIn(String id) {
    return BUILT_IN.stream().anyMatch(policy -> policy.id().equals(id));
  }

  /** What forbids the policy from being registered here, its rules aside, if anything. */
  public Optional<String> refusal(PolicyDescriptor policy) {
    if (isBuiltIn(policy.id())) {
      return Optional.of("policy_id " + policy.id() + " is built in and cannot be registered");
    }
    if (policies.containsKey(policy.id())) {
      return Optional.of(
          "policy_id " + policy.id() + " is already registered; policies are immutable");
    }
    List<String> problems = policy.problems();
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }
}
