// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import io.grpc.StatusRuntimeException;
import io.macp.controlplane.embedded.server.FreshRuntime;
import io.macp.controlplane.platform.Json;
import io.macp.v1.InitializeRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code ./dev conformance DIR [--address HOST:PORT] [--tls] [--tokens FILE]}: a line per vector
 * and a closing {@code N passed, N failed}. Ends with 0 when all passed, 1 when one failed, and 2
 * when nothing could be run.
 */
public final class Conformance {
  private static final Logger ROOT = Logger.getLogger("");

  private Conformance() {}

  /** Runs the command line. */
  public static void main(String[] arguments) {
    ROOT.setLevel(Level.SEVERE); // the runtime's own log is not what was asked for
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Request request = Request.parse(arguments);
      List<Vector> vectors = Vectors.in(request.folder());
      if (vectors.isEmpty()) {
        return refuse(err, "no vectors (*.json) in " + request.folder());
      }
      if (request.address().isPresent()) {
        try (Target target =
            Target.at(request.address().get(), request.transport(), request.tokens())) {
          return run(vectors, target, out, err);
        }
      }
      try (FreshRuntime runtime = FreshRuntime.start();
          Target target = Target.inside(runtime.address(), runtime)) {
        return run(vectors, target, out, err);
      }
    } catch (VectorProblem | IOException e) {
      return refuse(err, String.valueOf(e.getMessage()));
    }
  }

  private static int run(List<Vector> vectors, Target target, PrintStream out, PrintStream err) {
    try {
      target
          .as("agent://conformance")
          .initialize(InitializeRequest.newBuilder().addSupportedProtocolVersions("1.0").build());
    } catch (StatusRuntimeException e) {
      return refuse(err, "no MACP runtime answers at that address: " + e.getStatus());
    }
    int failed = 0;
    for (Vector vector : vectors) {
      Optional<String> problem = problem(vector, target);
      out.println((problem.isEmpty() ? "pass  " : "FAIL  ") + vector.name());
      problem.ifPresent(text -> out.println("      " + text.strip().replace("\n", "\n      ")));
      failed += problem.isEmpty() ? 0 : 1;
    }
    out.println((vectors.size() - failed) + " passed, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }

  private static Optional<String> problem(Vector vector, Target target) {
    try {
      vector.run(target);
      return Optional.empty();
    } catch (AssertionError | VectorProblem | StatusRuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static int refuse(PrintStream err, String message) {
    err.println(message);
    return 2;
  }

  /** The command line, checked. */
  private record Request(
      Path folder,
      Optional<String> address,
      Target.Transport transport,
      Map<String, String> tokens) {
    private static final String USAGE =
        "usage: ./dev conformance DIR [--address HOST:PORT] [--tls] [--tokens FILE]";

    static Request parse(List<String> arguments) throws IOException {
      Optional<Path> folder = Optional.empty();
      Optional<String> address = Optional.empty();
      Target.Transport transport = Target.Transport.PLAIN;
      Map<String, String> tokens = Map.of();
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        switch (argument) {
          case "--address" -> address = Optional.of(address(value(arguments, ++i)));
          case "--tls" -> transport = Target.Transport.TLS;
          case "--tokens" -> tokens = tokens(fromCaller(value(arguments, ++i)));
          default -> {
            if (argument.startsWith("-") || folder.isPresent()) {
              throw new VectorProblem("not understood: " + argument + "\n" + USAGE);
            }
            folder = Optional.of(folder(argument));
          }
        }
      }
      return new Request(
          folder.orElseThrow(() -> new VectorProblem(USAGE)), address, transport, tokens);
    }

    private static String value(List<String> arguments, int at) {
      if (at >= arguments.size()) {
        throw new VectorProblem(arguments.get(at - 1) + " needs a value\n" + USAGE);
      }
      return arguments.get(at);
    }

    private static Path folder(String argument) {
      Path folder = fromCaller(argument);
      if (!Files.isDirectory(folder)) {
        throw new VectorProblem(argument + " is not a folder");
      }
      return folder;
    }

    /** Paths are meant as the caller sees them, wherever the build runs. */
    private static Path fromCaller(String path) {
      return Path.of(System.getProperty("caller", "")).resolve(path);
    }

    private static String address(String argument) {
      if (!argument.matches("[^\\s:/]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}")) {
        throw new VectorProblem("--address must be HOST:PORT, but is '" + argument + "'");
      }
      return argument;
    }

    private static Map<String, String> tokens(Path file) throws IOException {
      Map<String, String> tokens = new HashMap<>();
      Json.readObject(Files.readString(file))
          .forEach((sender, token) -> tokens.put(sender, String.valueOf(token)));
      return tokens;
    }
  }
}
