// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.view.Catalogue;
import io.macp.controlplane.runtime.view.PolicyView;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runtime's catalogue as the contract's JSON; what the runtime left out is left out. */
final class RuntimeTrees {
  private RuntimeTrees() {}

  static Map<String, @Nullable Object> manifest(Catalogue.Manifest manifest) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("agentId", manifest.agentId());
    put(tree, "title", manifest.title());
    put(tree, "description", manifest.description());
    tree.put("supportedModes", manifest.supportedModes());
    tree.put("metadata", manifest.metadata());
    return tree;
  }

  static Map<String, @Nullable Object> mode(Catalogue.Mode mode) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("mode", mode.mode());
    tree.put("modeVersion", mode.modeVersion());
    put(tree, "title", mode.title());
    put(tree, "description", mode.description());
    put(tree, "determinismClass", mode.determinismClass());
    put(tree, "participantModel", mode.participantModel());
    tree.put("messageTypes", mode.messageTypes());
    tree.put("terminalMessageTypes", mode.terminalMessageTypes());
    tree.put("schemaUris", mode.schemaUris());
    return tree;
  }

  static Map<String, @Nullable Object> root(Catalogue.Root root) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("uri", root.uri());
    put(tree, "name", root.name());
    return tree;
  }

  static Map<String, @Nullable Object> policy(PolicyView policy) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("policyId", policy.policyId());
    tree.put("mode", policy.mode());
    tree.put("description", policy.description());
    tree.put("rules", rules(policy.rules()));
    tree.put("schemaVersion", policy.schemaVersion());
    if (policy.registeredAtUnixMs() > 0) {
      tree.put("registeredAtUnixMs", policy.registeredAtUnixMs());
    }
    return tree;
  }

  /** Rules that are no JSON object count as none, as they do for the runtime. */
  private static Object rules(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> rules
          ? rules
          : Map.of();
    } catch (Json.MalformedJson e) {
      return Map.of();
    }
  }

  private static void put(Map<String, @Nullable Object> tree, String name, String value) {
    if (!value.isEmpty()) {
      tree.put(name, value);
    }
  }
}
