// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** An operation as a command that can be copied. */
final class Curl {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LONGEST_BODY = 1_500;

  private Curl() {}

  static String of(Operations.Operation operation) {
    StringBuilder command = new StringBuilder(200).append("curl -s");
    boolean open = operation.tree().containsKey("security");
    if (!operation.verb().equals("get")) {
      command.append(" -X ").append(operation.verb().toUpperCase(Locale.ROOT));
    }
    String path = operation.path();
    for (var parameter : operation.parameters("path")) {
      path =
          path.replace("{" + parameter.get("name") + "}", String.valueOf(parameter.get("example")));
    }
    command.append(" \"$BASE_URL").append(path).append('"');
    if (!open) {
      command.append(" -H \"Authorization: Bearer $API_KEY\"");
    }
    operation.bodies().stream().findFirst().ifPresent(body -> body(command, body));
    return command.toString();
  }

  private static void body(StringBuilder command, Operations.Media body) {
    command.append(" \\\n  -H 'Content-Type: ").append(body.type()).append('\'');
    String example = body.example().map(Curl::compact).orElse("{}");
    if (body.type().equals("application/json") && example.length() <= LONGEST_BODY) {
      command.append(" \\\n  -d '").append(example).append('\'');
    } else {
      command.append(" \\\n  --data-binary @run.ndjson");
    }
  }

  private static String compact(Object example) {
    try {
      return MAPPER.writeValueAsString(example);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
