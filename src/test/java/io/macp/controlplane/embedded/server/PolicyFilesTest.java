// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFilesTest {
  private static final String GOOD =
      """
      {"policy_id":"policy.t.a","mode":"*","description":"d","schema_version":2,
       "rules":{"voting":{"algorithm":"majority"}}}
      """;

  @TempDir Path folder;

  private Optional<List<PolicyDescriptor>> read() {
    Map<String, String> values = Map.of("MACP_POLICIES_DIR", folder.toString());
    return EmbeddedRuntimeConfig.read(
            new Settings(name -> Optional.ofNullable(values.get(name))), "secret")
        .fixedPolicies();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsEveryPolicyOfTheFolderAndNoOtherFile() throws IOException {
    write("b.json", GOOD.replace("policy.t.a", "policy.t.b").replace("\"description\":\"d\",", ""));
    write("a.json", GOOD);
    write("README.md", "not a policy");

    List<PolicyDescriptor> policies = read().orElseThrow();

    assertThat(policies)
        .extracting(PolicyDescriptor::id)
        .containsExactly("policy.t.a", "policy.t.b");
    assertThat(policies.getFirst().description()).isEqualTo("d");
    assertThat(policies.getFirst().schemaVersion()).isEqualTo(2);
    assertThat(policies.getFirst().rules().text())
        .isEqualTo("{\"voting\":{\"algorithm\":\"majority\"}}");
  }

  @Test
  void takesAnEmptyFolderForNoPoliciesAndNoFolderForTheRegistry() {
    assertThat(read()).contains(List.of());
    assertThat(
            EmbeddedRuntimeConfig.read(new Settings(name -> Optional.empty()), "secret")
                .fixedPolicies())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|malformed JSON at line 1",
        "[]|must be a JSON object",
        "{\"extra\":1}|extra is not known",
        "{\"policy_id\":\"p\",\"mode\":\"*\",\"schema_version\":1}|rules must be an object",
        "{\"policy_id\":\"p\",\"mode\":\"*\",\"rules\":{}}|schema_version must be",
        "{\"mode\":\"*\",\"rules\":{},\"schema_version\":1}|policy_id must be a text",
        "{\"policy_id\":\"p\",\"rules\":{},\"schema_version\":1}|mode must be a text",
        "{\"policy_id\":\"p\",\"mode\":\"*\",\"rules\":{},\"schema_version\":4}|schema_version must be",
        "{\"policy_id\":\"p\",\"mode\":\"m\",\"rules\":{},\"schema_version\":1}|mode 'm' is not",
        "{\"policy_id\":\"p\",\"mode\":\"*\",\"rules\":{\"voting\":{\"threshold\":2}},"
            + "\"schema_version\":1}|rules.voting.threshold must be a number",
        "{\"policy_id\":\"policy.majority\",\"mode\":\"*\",\"rules\":{},\"schema_version\":1}"
            + "|policy_id policy.majority is built in",
        "{\"policy_id\":\"policy.t.a\",\"mode\":\"*\",\"rules\":{},\"schema_version\":1}"
            + "|policy_id policy.t.a is already registered"
      })
  void namesTheFileAndThePathOfWhatIsWrong(String text, String problem) throws IOException {
    write("a.json", GOOD);
    write("b.json", text);

    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(this::read)
        .withMessageStartingWith("MACP_POLICIES_DIR ")
        .withMessageContaining(folder.resolve("b.json") + ": " + problem);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    folder = folder.resolve("missing");

    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(this::read)
        .withMessage("MACP_POLICIES_DIR must be a folder that can be read, but is " + folder);
  }
}
