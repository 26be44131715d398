// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/** An ailment that is there, and what tells so. */
public record Finding(Ailment ailment, Evidence evidence) {

  /**
   * The JSON of the endpoints.
   *
   * @param id put into the path of the remedy; any text where it names none
   */
  public Map<String, Object> toTree(String id) {
    Map<String, Object> tree = headline();
    tree.put("evidence", evidence.figures());
    tree.put("cause", ailment.words().cause());
    tree.put("fix", ailment.words().fix());
    tree.put("link", ailment.link());
    ailment
        .remedy()
        .ifPresent(
            remedy -> {
              Map<String, Object> action = new LinkedHashMap<>();
              action.put("method", remedy.method());
              action.put("path", remedy.path().replace("{id}", id));
              action.put("description", remedy.description());
              tree.put("action", action);
            });
    return tree;
  }

  /** What anybody may know of it. */
  public Map<String, Object> headline() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", ailment.id());
    tree.put("severity", ailment.severity().wireName());
    tree.put("symptom", ailment.words().symptom());
    return tree;
  }
}
