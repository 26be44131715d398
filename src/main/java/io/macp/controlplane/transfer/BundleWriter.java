// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.platform.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes bundles, as one JSON object or as JSON Lines, event after event. Used by one thread. */
final class BundleWriter {
  static final String HEADER = "header";
  static final String CANONICAL = "canonical_event";
  static final String RAW = "raw_event";

  private static final int BUFFER = 64 * 1024;

  private final BufferedOutputStream out;

  BundleWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER);
  }

  /** A line for the header and one for each event. */
  void lines(Bundle bundle) throws IOException {
    line(HEADER, bundle.header());
    bundle.canonical(this::canonicalLine);
    bundle.raw(this::rawLine);
    out.flush();
  }

  /** The type of the line stands where the event's own would; that one is kept beside it. */
  private void canonicalLine(Map<String, @Nullable Object> event) throws IOException {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("eventType", event.get("type"));
    line.putAll(event);
    line.remove("type");
    line.put("event", event);
    line(CANONICAL, line);
  }

  private void rawLine(Map<String, @Nullable Object> event) throws IOException {
    line(RAW, event);
  }

  private void line(String type, Map<String, @Nullable Object> fields) throws IOException {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.putAll(fields);
    out.write(Json.writeBytes(line));
    out.write('\n');
  }

  /** One object; its arrays are written as they are read. */
  void json(Bundle bundle) throws IOException {
    Map<String, @Nullable Object> header = bundle.header();
    Object exportedAt = header.remove("exportedAt");
    text("{");
    for (Map.Entry<String, @Nullable Object> field : header.entrySet()) {
      name(field.getKey());
      out.write(Json.writeBytes(field.getValue()));
      text(",");
    }
    name("canonicalEvents");
    array(bundle::canonical);
    text(",");
    name("rawEvents");
    array(bundle::raw);
    text(",");
    name("exportedAt");
    out.write(Json.writeBytes(exportedAt));
    text("}");
    out.flush();
  }

  /** Bundles as one array. */
  void array(List<Bundle> bundles) throws IOException {
    text("[");
    String separator = "";
    for (Bundle bundle : bundles) {
      text(separator);
      separator = ",";
      json(bundle);
    }
    text("]");
    out.flush();
  }

  @FunctionalInterface
  private interface Events {
    void to(Bundle.Taker taker) throws IOException;
  }

  private void array(Events events) throws IOException {
    text("[");
    String[] separator = {""};
    events.to(
        event -> {
          text(separator[0]);
          separator[0] = ",";
          out.write(Json.writeBytes(event));
        });
    text("]");
  }

  private void name(String name) throws IOException {
    text("\"" + name + "\":");
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
