// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mode's registration as a JSON tree, for its own row and for the terms of its sessions. */
final class ModeJson {
  private ModeJson() {}

  static Map<String, Object> write(Mode.Registration registration) {
    ModeDescriptor descriptor = registration.descriptor();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mode", descriptor.mode());
    tree.put("mode_version", descriptor.version());
    tree.put("title", descriptor.title());
    tree.put("description", descriptor.description());
    tree.put("determinism_class", descriptor.nature().determinismClass());
    tree.put("participant_model", descriptor.nature().participantModel());
    tree.put("own_types", descriptor.ownTypes());
    registration.base().ifPresent(base -> tree.put("base", base));
    tree.put("standing", registration.standing().name());
    return tree;
  }

  @SuppressWarnings("unchecked")
  static Mode.Registration read(Map<String, Object> tree) {
    ModeDescriptor descriptor =
        new ModeDescriptor(
            text(tree, "mode"),
            text(tree, "mode_version"),
            text(tree, "title"),
            text(tree, "description"),
            new ModeDescriptor.Nature(
                text(tree, "determinism_class"), text(tree, "participant_model")),
            (List<String>) present(tree, "own_types"));
    return new Mode.Registration(
        descriptor,
        Optional.ofNullable((String) tree.get("base")),
        Mode.Standing.valueOf(text(tree, "standing")));
  }

  private static String text(Map<String, Object> tree, String key) {
    return (String) present(tree, key);
  }

  static Object present(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      throw new IllegalStateException("a stored mode lacks " + key);
    }
    return value;
  }
}
