// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.platform.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session was bound to, as the JSON text of its row. A replay reads it instead of looking
 * anything up in live registries.
 */
final class TermsJson {
  private static final int SEMANTICS_REVISION = 1;

  private TermsJson() {}

  /** Terms and recorded deadline. */
  record Bound(SessionTerms terms, long deadlineMs) {}

  static String write(Bound bound) {
    SessionTerms terms = bound.terms();
    SessionStart start = terms.start();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("semantics", SEMANTICS_REVISION);
    tree.put("mode", terms.mode());
    tree.put("initiator", terms.initiator());
    tree.put("participants", start.participants());
    tree.put("mode_version", start.versions().mode());
    tree.put("configuration_version", start.versions().configuration());
    tree.put("ttl_ms", start.ttlMs());
    tree.put("max_suspend_ms", start.maxSuspendMs());
    tree.put("deadline_ms", bound.deadlineMs());
    tree.put("context_id", start.contextId());
    tree.put("extension_keys", start.extensionKeys());
    tree.put("policy", policy(terms.policy()));
    terms.registration().ifPresent(mode -> tree.put("registration", ModeJson.write(mode)));
    return Json.write(tree);
  }

  private static Map<String, Object> policy(PolicyDescriptor policy) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("policy_id", policy.id());
    tree.put("mode", policy.mode());
    tree.put("description", policy.description());
    tree.put("rules", policy.rules().text());
    tree.put("schema_version", policy.schemaVersion());
    tree.put("registered_at_ms", policy.registeredAtUnixMs());
    return tree;
  }

  static Bound read(String text) {
    Map<String, Object> tree = Json.readObject(text);
    PolicyDescriptor policy = readPolicy(object(tree, "policy"));
    SessionStart start =
        new SessionStart(
            texts(tree, "participants"),
            new SessionStart.Versions(
                text(tree, "mode_version"), text(tree, "configuration_version"), policy.id()),
            number(tree, "ttl_ms"),
            number(tree, "max_suspend_ms"),
            text(tree, "context_id"),
            texts(tree, "extension_keys"));
    SessionTerms terms =
        new SessionTerms(
            text(tree, "mode"), text(tree, "initiator"), start, policy, registration(tree));
    return new Bound(terms, number(tree, "deadline_ms"));
  }

  private static Optional<Mode.Registration> registration(Map<String, Object> tree) {
    return tree.containsKey("registration")
        ? Optional.of(ModeJson.read(object(tree, "registration")))
        : Optional.empty();
  }

  private static PolicyDescriptor readPolicy(Map<String, Object> tree) {
    return new PolicyDescriptor(
        text(tree, "policy_id"),
        text(tree, "mode"),
        text(tree, "description"),
        rules(text(tree, "rules")),
        (int) number(tree, "schema_version"),
        number(tree, "registered_at_ms"));
  }

  /** Rules that were checked when they were registered. */
  static PolicyDescriptor.Rules rules(String text) {
    return new PolicyDescriptor.Rules(text, Json.readObject(text));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> tree, String key) {
    return (Map<String, Object>) present(tree, key);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Map<String, Object> tree, String key) {
    return (List<String>) present(tree, key);
  }

  private static String text(Map<String, Object> tree, String key) {
    return (String) present(tree, key);
  }

  private static long number(Map<String, Object> tree, String key) {
    return ((Number) present(tree, key)).longValue();
  }

  private static Object present(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      throw new IllegalStateException("stored session terms lack " + key);
    }
    return value;
  }
}
