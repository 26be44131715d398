// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/policies.md describes the rules that the modes read, all of them and no others. */
class RuleReferenceTest {
  private static final Pattern HEADING = Pattern.compile("^### .*`(\\S+)`$");
  private static final Pattern RULE = Pattern.compile("^\\| `([a-z_]+[.][a-z_.]+)` \\|.*");
  private static final Pattern POLICY =
      Pattern.compile("### `(policy\\.[a-z]+)`\\n.*?```json\\n(.*?)```", Pattern.DOTALL);

  static Stream<Mode> modes() {
    return BuiltInModes.catalog().modes().stream();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void hasEveryRuleOfTheMode(Mode mode) throws IOException {
    RuleReader reader = PolicyDescriptor.Rules.NONE.strictReader();
    mode.readRules(reader, 3);
    Map<String, List<String>> tables = tables();
    List<String> described =
        Stream.of("every mode", mode.descriptor().mode())
            .flatMap(heading -> tables.getOrDefault(heading, List.of()).stream())
            .toList();

    assertThat(new TreeSet<>(described)).containsAll(reader.paths());
    assertThat(reader.paths())
        .containsAll(tables.getOrDefault(mode.descriptor().mode(), List.of()));
  }

  private static Map<String, List<String>> tables() throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    String heading = "";
    for (String line : Files.readAllLines(Path.of("docs/policies.md"))) {
      var newHeading = HEADING.matcher(line);
      if (newHeading.matches()) {
        heading = newHeading.group(1);
      } else if (line.equals("### Every mode")) {
        heading = "every mode";
      }
      var rule = RULE.matcher(line);
      if (rule.matches()) {
        tables.computeIfAbsent(heading, key -> new ArrayList<>()).add(rule.group(1));
      }
    }
    return tables;
  }

  @Test
  void showsTheRulesOfTheBuiltInPolicies() throws IOException {
    Map<String, Map<String, Object>> shown = new TreeMap<>();
    POLICY
        .matcher(Files.readString(Path.of("docs/policies.md")))
        .results()
        .forEach(match -> shown.put(match.group(1), Json.readObject(match.group(2))));
    Map<String, Map<String, Object>> builtIn = new TreeMap<>();
    PolicyCatalog.of(List.of())
        .list("")
        .forEach(policy -> builtIn.put(policy.id(), policy.rules().tree()));

    assertThat(shown).isEqualTo(builtIn);
  }
}
