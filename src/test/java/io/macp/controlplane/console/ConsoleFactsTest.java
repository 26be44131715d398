// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the console knows from elsewhere: words, problem codes, the form of a launch. */
class ConsoleFactsTest {
  private static final Path CONSOLE = Path.of("src", "main", "webapp", "console");
  private static final Pattern TERM = Pattern.compile("(?m)^\\| (.+?) \\| (.+?) \\|$");
  private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/(\\w+)");
  private static final String HEAD =
      """
      // SPDX-License-Identifier: Apache-2.0
      // Made of %s by ConsoleFactsTest; the build fails when it differs.
      """;

  @Test
  void knowsTheGlossaryAndEveryProblemCode() throws IOException {
    String words =
        TERM.matcher(Files.readString(Path.of("docs", "glossary.md")))
            .results()
            .filter(row -> !row.group(1).equals("term") && !row.group(1).startsWith("-"))
            .map(row -> "  " + Json.write(row.group(1)) + ": " + Json.write(row.group(2)) + ",\n")
            .collect(Collectors.joining());
    String codes =
        Arrays.stream(ErrorCode.values())
            .map(code -> "  [\"" + code + "\", " + code.status() + "],\n")
            .collect(Collectors.joining());

    GeneratedFile.check(
        CONSOLE.resolve("help").resolve("facts.js"),
        HEAD.formatted("docs/glossary.md and of the error codes")
            + "\nexport const GLOSSARY = {\n  __proto__: null,\n"
            + words
            + "};\n\nexport const CODES = [\n"
            + codes
            + "];\n",
        ConsoleFactsTest.class);
  }

  @Test
  void saysASentenceAndANextStepForEveryProblemCode() throws IOException {
    String problems = Files.readString(CONSOLE.resolve("ui").resolve("problems.js"));

    assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name))
        .allSatisfy(code -> assertThat(problems).containsPattern("(?m)^  " + code + ": \\["));
  }

  @Test
  void formOfALaunchIsThatOfTheDescription() throws IOException {
    Map<String, @Nullable Object> document =
        Json.readTree(
            Files.readString(Path.of("src", "main", "resources", "META-INF", "openapi.json")));
    Map<?, ?> components = (Map<?, ?>) Objects.requireNonNull(document.get("components"));
    Map<?, ?> schemas = (Map<?, ?>) Objects.requireNonNull(components.get("schemas"));
    Map<String, @Nullable Object> reached = new LinkedHashMap<>();
    gather("RunDescriptor", schemas, reached);

    GeneratedFile.check(
        CONSOLE.resolve("launch").resolve("schema.js"),
        HEAD.formatted("the OpenAPI document")
            + "\nexport const SCHEMAS = {\n"
            + new TreeMap<>(reached)
                .entrySet().stream()
                    .map(one -> "  " + one.getKey() + ": " + Json.write(one.getValue()) + ",\n")
                    .collect(Collectors.joining())
            + "};\n",
        ConsoleFactsTest.class);
  }

  private static void gather(
      String name, Map<?, ?> schemas, Map<String, @Nullable Object> reached) {
    if (reached.containsKey(name)) {
      return;
    }
    Object schema = schemas.get(name);
    reached.put(name, schema);
    List<String> names =
        REFERENCE.matcher(Json.write(schema)).results().map(MatchResult::group).toList();
    names.forEach(one -> gather(one.substring(one.lastIndexOf('/') + 1), schemas, reached));
  }
}
