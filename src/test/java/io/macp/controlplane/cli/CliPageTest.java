// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The page of the command line says what picocli knows of it. */
class CliPageTest {
  private static final Path PAGE = Path.of("docs/cli.md");

  /** Said once, above all commands. */
  private static final Set<String> EVERYWHERE =
      Set.of("--url", "--key", "--json", "--help", "--version");

  @Test
  void thePageIsMadeOfTheCommands() throws IOException {
    GeneratedFile.check(PAGE, page(), CliPageTest.class);
  }

  @Test
  void everyCommandSaysWhatItDoesAndWhatItTakes() {
    assertThat(leaves(Macp.commandLine()))
        .hasSizeGreaterThanOrEqualTo(18)
        .allSatisfy(
            command -> {
              assertThat(command.usageMessage().description()).isNotEmpty();
              assertThat(command.args())
                  .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
            });
  }

  private static List<CommandSpec> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return List.of(command.getCommandSpec());
    }
    return command.getSubcommands().values().stream()
        .flatMap(each -> leaves(each).stream())
        .toList();
  }

  private static String page() {
    CommandLine root = Macp.commandLine();
    return """
        # Command line

        `macp` is a thin client over the public API: `java -jar target/macp-cli.jar`. It needs
        Java 21 or newer and nothing of the server. An alias and completion for bash and zsh:

        ```sh
        alias macp='java -jar /path/to/macp-cli.jar'
        source <(macp generate-completion)
        ```

        The build fails when this page differs from the commands. Regenerate it with
        `mvn test -Dtest=CliPageTest -Ddocs.regenerate=true`.

        ## Options of all commands

        %s
        The key is sent as `Authorization: Bearer` and never printed. Answers go to the standard
        output, and everything else to the standard error. Texts of agents are printed without
        control characters.

        ## Exit codes

        | code | meaning |
        |---|---|
        %s
        ## Commands

        %s"""
        .formatted(
            arguments(root.getCommandSpec(), true),
            Stream.of(Exit.values())
                .map(exit -> "| %d | %s |\n".formatted(exit.code(), exit.meaning()))
                .collect(Collectors.joining()),
            leaves(root).stream().map(CliPageTest::section).collect(Collectors.joining("\n")));
  }

  private static String section(CommandSpec command) {
    String arguments = arguments(command, false);
    return "### %s\n\n%s\n%s"
        .formatted(
            command.qualifiedName(),
            text(command.usageMessage().description()),
            arguments.isEmpty() ? "" : "\n" + arguments);
  }

  private static String arguments(CommandSpec command, boolean everywhere) {
    List<String> rows = new ArrayList<>();
    command.positionalParameters().forEach(each -> rows.add(row(each.paramLabel(), each)));
    command.options().stream()
        .filter(option -> EVERYWHERE.contains(option.longestName()) == everywhere)
        .forEach(option -> rows.add(row(names(option), option)));
    return rows.isEmpty() ? "" : "| argument | meaning |\n|---|---|\n" + String.join("", rows);
  }

  private static String names(CommandLine.Model.OptionSpec option) {
    boolean flag = option.arity().max() == 0;
    return String.join(", ", option.names()) + (flag ? "" : " " + option.paramLabel());
  }

  private static String row(String name, ArgSpec argument) {
    return "| `%s` | %s |\n".formatted(name, text(argument.description()));
  }

  private static String text(String[] lines) {
    return Arrays.stream(lines)
        .map(line -> Ansi.OFF.string(line).replace("%n", " ").replace("|", "\\|").strip())
        .collect(Collectors.joining(" "));
  }
}
