// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import io.macp.controlplane.platform.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code schemas.txt}; its first lines say how it is written. */
final class SchemaFile {
  private static final Path FILE = Path.of("src/main/openapi/schemas.txt");

  private final Map<String, Object> schemas = new LinkedHashMap<>();
  private Map<String, Object> current = new LinkedHashMap<>();

  private SchemaFile() {}

  /** The schemas by their names, in the order of the file. */
  static Map<String, Object> read() throws IOException {
    SchemaFile file = new SchemaFile();
    for (String line : Files.readAllLines(FILE)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        file.take(line);
      }
    }
    Map<String, Object> codes = TypeNotation.map("type", "string");
    codes.put("enum", Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    file.schemas.put("ErrorCode", codes);
    return file.schemas;
  }

  private void take(String line) {
    String[] halves = line.split(" -- ", 2);
    if (line.startsWith("  ")) {
      field(halves[0].trim(), halves.length == 2 ? halves[1] : "");
    } else {
      begin(halves[0].trim(), halves.length == 2 ? halves[1] : "");
    }
  }

  private void begin(String heading, String meaning) {
    String[] halves = heading.split(" = ", 2);
    String name = halves[0].replace("!", "").trim();
    current = halves.length == 2 ? derived(halves[1]) : TypeNotation.map("type", "object");
    if (!meaning.isEmpty()) {
      current.put("description", meaning);
    }
    if (heading.contains("!")) {
      current.put("additionalProperties", false);
    }
    schemas.put(name, current);
  }

  private Map<String, Object> derived(String text) {
    if (!text.endsWith("+")) {
      return TypeNotation.words(text);
    }
    Map<String, Object> base = Tree.object(schemas.get(text.replace(" +", "")));
    Map<String, Object> copy = new LinkedHashMap<>(base);
    copy.put("required", new ArrayList<>(Tree.list(base.get("required"))));
    copy.put("properties", new LinkedHashMap<>(Tree.object(base.get("properties"))));
    return copy;
  }

  private void field(String text, String meaning) {
    if (text.equals("*")) {
      current.put("additionalProperties", true);
      return;
    }
    String[] halves = text.split(": ", 2);
    String name = halves[0].replace("?", "");
    Map<String, Object> schema = TypeNotation.schema(halves[1]);
    if (!meaning.isEmpty()) {
      schema = schema.containsKey("$ref") ? TypeNotation.map("allOf", List.of(schema)) : schema;
      schema.put("description", meaning);
    }
    if (!halves[0].endsWith("?")) {
      Tree.listIn(current, "required").add(name);
    }
    Tree.objectIn(current, "properties").put(name, schema);
  }
}
