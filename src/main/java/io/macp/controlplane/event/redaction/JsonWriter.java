// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of the trees that payloads hold. Not thread-safe. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  static String write(@Nullable Object tree) {
    JsonWriter writer = new JsonWriter();
    writer.value(tree);
    return writer.out.toString();
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case String text -> text(text);
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      case null, default -> out.append(value);
    }
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    String between = "";
    for (Map.Entry<?, ?> field : map.entrySet()) {
      out.append(between);
      text(String.valueOf(field.getKey()));
      out.append(':');
      value(field.getValue());
      between = ",";
    }
    out.append('}');
  }

  private void array(List<?> list) {
    out.append('[');
    for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
      value(elements.next());
      out.append(elements.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    out.append('"');
  }
}
