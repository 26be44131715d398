// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The policies of a folder (MACP contract, section 9.5, end): every {@code *.json} in it is one
 * policy, checked as a registration is. One bad file fails the whole reading with its path.
 */
final class PolicyFiles {
  static final String SETTING = "MACP_POLICIES_DIR";
  private static final Set<String> FIELDS =
      Set.of("policy_id", "mode", "description", "rules", "schema_version");

  private final ModeCatalog modes;
  private final List<PolicyDescriptor> policies = new ArrayList<>();

  private PolicyFiles(ModeCatalog modes) {
    this.modes = modes;
  }

  /** The policies of the folder that the settings name, by file name; empty when they name none. */
  static Optional<List<PolicyDescriptor>> read(Settings settings, ModeCatalog modes) {
    return settings.find(SETTING).map(Path::of).map(new PolicyFiles(modes)::readAll);
  }

  private List<PolicyDescriptor> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .forEach(file -> policies.add(readOne(file)));
    } catch (IOException e) {
      throw new InvalidSetting(SETTING, "must be a folder that can be read, but is " + folder);
    }
    return List.copyOf(policies);
  }

  private PolicyDescriptor readOne(Path file) {
    PolicyDescriptor policy = descriptor(file);
    PolicyCatalog.of(policies)
        .refusal(policy)
        .ifPresent(
            problem -> {
              throw bad(file, problem);
            });
    List<String> problems = modes.problemsOf(policy);
    if (!problems.isEmpty()) {
      throw bad(file, String.join("; ", problems));
    }
    return policy;
  }

  private static PolicyDescriptor descriptor(Path file) {
    Map<?, ?> fields = fields(file);
    for (Object name : new TreeSet<>(fields.keySet())) {
      if (!FIELDS.contains(String.valueOf(name))) {
        throw bad(file, name + " is not known; expected one of " + new TreeSet<>(FIELDS));
      }
    }
    if (!(fields.get("rules") instanceof Map<?, ?> rules)) {
      throw bad(file, "rules must be an object");
    }
    if (!(fields.get("schema_version") instanceof Integer version)) {
      throw bad(file, "schema_version must be a whole number");
    }
    String text = Json.write(rules);
    return new PolicyDescriptor(
        text(file, fields, "policy_id"),
        text(file, fields, "mode"),
        fields.containsKey("description") ? text(file, fields, "description") : "",
        new PolicyDescriptor.Rules(text, Json.readObject(text)),
        version,
        0);
  }

  private static Map<?, ?> fields(Path file) {
    try {
      if (Json.read(Files.readAllBytes(file)) instanceof Map<?, ?> fields) {
        return fields;
      }
    } catch (Json.MalformedJson e) {
      throw bad(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw bad(file, "cannot be read");
    }
    throw bad(file, "must be a JSON object");
  }

  private static String text(Path file, Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw bad(file, name + " must be a text");
  }

  private static InvalidSetting bad(Path file, String problem) {
    return new InvalidSetting(
        SETTING, "has a policy that cannot be used: " + file + ": " + problem);
  }
}
