// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.blackbox;

import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./dev bench DIR [options]}: runs the harness of a folder against the packaged server, on a
 * PostgreSQL of its own, and prints its table. The options are the harness's, for example {@code
 * --only ingest --reps 1}; with {@code --steady} in front of them {@code perf/steady.js} plays the
 * parts instead. Bounded to three hours. Ends as the harness does.
 */
public final class Bench {
  private static final String STEADY = "--steady";
  private static final long LIMIT_HOURS = 3;
  private static final Path PROTOCOL = Path.of("src", "main", "proto").toAbsolutePath();

  private Bench() {}

  /** Runs the command line. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> given = List.of(arguments);
    if (given.isEmpty() || !Files.exists(harness(given).resolve("bench.js"))) {
      System.err.println("Usage: ./dev bench DIR [options], DIR being the folder of bench.js");
      System.exit(2);
    }
    System.exit(run(harness(given), given.subList(1, given.size())));
  }

  private static Path harness(List<String> arguments) {
    return Path.of(System.getProperty("caller", "")).resolve(arguments.getFirst());
  }

  private static int run(Path harness, List<String> options)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
    Path results = work.resolve("out");
    try (OutsideDatabase database = OutsideDatabase.created()) {
      database.start();
      List<String> command = new ArrayList<>(List.of("node"));
      command.addAll(script(harness, options));
      command.addAll(List.of("--targets", Target.writtenTo(work).toString()));
      command.addAll(List.of("--proto-dir", PROTOCOL.toString()));
      command.addAll(List.of("--runtime-port", Integer.toString(LibertyServer.freePort())));
      command.addAll(List.of("--pg-admin-url", database.url()));
      command.addAll(List.of("--pg-data", database.dataFolder().toString()));
      command.addAll(List.of("--pg-restart", database.restartScript() + " ${MODE}"));
      command.addAll(List.of("--out", results.toString()));
      command.addAll(options.stream().filter(option -> !option.equals(STEADY)).toList());
      int code = watched(new ProcessBuilder(command).inheritIO().start());
      print(results.resolve("results.md"));
      return code;
    }
  }

  private static List<String> script(Path harness, List<String> options) {
    return options.contains(STEADY)
        ? List.of("perf/steady.js", "--harness", harness.toString())
        : List.of(harness.resolve("bench.js").toString());
  }

  private static int watched(Process process) throws InterruptedException {
    if (!process.waitFor(LIMIT_HOURS, TimeUnit.HOURS)) {
      process.destroy();
      return 1;
    }
    return process.exitValue();
  }

  private static void print(Path table) throws IOException {
    if (Files.exists(table)) {
      System.out.println(Files.readString(table));
    }
  }
}
