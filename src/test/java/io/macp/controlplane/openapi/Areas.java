// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the API, in the order in which a reader meets them. */
final class Areas {
  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("runs", "Launching, reading and ending runs");
    MEANINGS.put("events", "Events of all runs");
    MEANINGS.put("streams", "Live server-sent events");
    MEANINGS.put("replay", "Recorded runs, once more");
    MEANINGS.put("transfer", "Export and import");
    MEANINGS.put("dashboard", "All runs at a glance");
    MEANINGS.put("runtime", "The runtime and its policies");
    MEANINGS.put("webhooks", "Subscriptions and deliveries");
    MEANINGS.put("audit", "Who changed what");
    MEANINGS.put("diagnosis", "What is wrong, and what to do");
    MEANINGS.put("admin", "Keys and the circuit breaker");
    MEANINGS.put("demo", "Scripted agents on the embedded runtime");
    MEANINGS.put("service", "Probes and the front door");
  }

  private Areas() {}

  static Map<String, String> meanings() {
    return Map.copyOf(MEANINGS);
  }

  static List<String> names() {
    return List.copyOf(MEANINGS.keySet());
  }

  static List<Object> tags() {
    List<Object> tags = new ArrayList<>();
    MEANINGS.forEach(
        (name, meaning) -> {
          Map<String, Object> tag = TypeNotation.map("name", name);
          tag.put("description", meaning);
          tags.add(tag);
        });
    return tags;
  }
}
