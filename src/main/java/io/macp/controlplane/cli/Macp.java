// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. Its commands are methods of the classes beside it, one class a group. */
@Command(
    name = "macp",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "macp 0.1.0",
    description = "Watches and steers the runs of a MACP control plane.",
    subcommands = AutoComplete.GenerateCompletion.class)
public final class Macp {
  private static final String USUAL = "http://127.0.0.1:3001";

  private final Map<String, String> environment;
  private final InputStream in;
  private final Terminal terminal;

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The server; MACP_URL when absent, else http://127.0.0.1:3001.")
  private String url = "";

  @Option(
      names = "--key",
      scope = ScopeType.INHERIT,
      paramLabel = "KEY",
      description = "The key; better MACP_API_KEY, since other users may see command lines.")
  private String key = "";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print what the server answered, as JSON.")
  private boolean json;

  private Macp(Map<String, String> environment, InputStream in, Terminal terminal) {
    this.environment = environment;
    this.in = in;
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), System.in, System.out, System.err, arguments));
  }

  /** Runs one command; answers its exit code. */
  static int run(
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err,
      String... arguments) {
    Terminal terminal = new Terminal(out, err);
    return commandLine(new Macp(environment, in, terminal))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((thrown, command, parsed) -> told(thrown, terminal))
        .execute(arguments);
  }

  /** The commands as picocli knows them, for their documentation. */
  static CommandLine commandLine() {
    return commandLine(
        new Macp(Map.of(), InputStream.nullInputStream(), new Terminal(System.out, System.err)));
  }

  private static CommandLine commandLine(Macp macp) {
    CommandLine root = new CommandLine(macp);
    for (Object group :
        List.of(
            new Runs(macp),
            new Events(macp),
            new Webhooks(macp),
            new Policies(macp),
            new Projections(macp))) {
      root.addSubcommand(group);
    }
    return root.addSubcommand(new Doctor(macp))
        .addSubcommand(new Demo(macp))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static int told(Exception thrown, Terminal terminal) throws Exception {
    if (thrown instanceof CallFailed failed) {
      terminal.note(String.valueOf(failed.getMessage()));
      return failed.exit().code();
    }
    if (thrown instanceof IOException) {
      terminal.note("cannot read or write: " + thrown.getMessage());
      return Exit.USAGE.code();
    }
    throw thrown;
  }

  /** The server that options or environment name. */
  Server server() {
    return new Server(
        first(url, environment.getOrDefault("MACP_URL", ""), USUAL),
        first(key, environment.getOrDefault("MACP_API_KEY", ""), ""));
  }

  private static String first(String option, String variable, String fallback) {
    return !option.isBlank() ? option : !variable.isBlank() ? variable : fallback;
  }

  Terminal terminal() {
    return terminal;
  }

  boolean wantsJson() {
    return json;
  }

  /** Prints an answer: all of it as JSON, or what people want to know. */
  int show(JsonNode answer, Runnable words) {
    if (json) {
      terminal.json(answer);
    } else {
      words.run();
    }
    return Exit.OK.code();
  }

  /** The text of a file, or of the standard input for {@code -}. */
  String read(String file) throws IOException {
    return file.equals("-")
        ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(file));
  }
}
