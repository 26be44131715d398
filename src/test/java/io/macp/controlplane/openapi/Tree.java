// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists, read, asked and printed. */
public final class Tree {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Separators SEPARATORS =
      Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);

  private Tree() {}

  /** The object that a value is, else an empty one. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(@Nullable Object tree) {
    return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object tree) {
    return tree instanceof List<?> list ? (List<Object>) list : List.of();
  }

  /** The object at a name, made when there is none. */
  static Map<String, Object> objectIn(Map<String, Object> tree, String name) {
    return object(tree.computeIfAbsent(name, any -> new LinkedHashMap<>()));
  }

  /** The list at a name, made when there is none. */
  static List<Object> listIn(Map<String, Object> tree, String name) {
    return list(tree.computeIfAbsent(name, any -> new ArrayList<>()));
  }

  /** The object in a file. */
  public static Map<String, Object> read(Path file) throws IOException {
    return object(MAPPER.readValue(Files.readAllBytes(file), Map.class));
  }

  /** The value of a JSON text. */
  public static @Nullable Object parse(String json) {
    try {
      return MAPPER.readValue(json, Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON for people, with a line feed at the end. */
  static String print(@Nullable Object tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(SEPARATORS)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
