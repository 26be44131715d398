// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle that is one JSON object, of which only an event at a time is in memory. Everything
 * else has to stand before the events, as in every bundle that was written here.
 */
final class JsonItems implements BundleItems {
  private static final String EVENTS = "canonicalEvents";
  private static final String FACTS = "rawEvents";
  private static final ObjectMapper MAPPER = mapper();

  private final JsonParser parser;
  private String field = "";
  private int index;
  private boolean started;

  JsonItems(InputStream in) throws IOException {
    this.parser = MAPPER.createParser(in);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(102)
                .maxStringLength(LineItems.LONGEST)
                .build());
    return mapper;
  }

  @Override
  public Map<String, @Nullable Object> header() throws IOException {
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    if (token() != JsonToken.START_OBJECT) {
      throw Fault.at("body", "must be an object");
    }
    started = true;
    while (!isLog()) {
      if (token() != JsonToken.FIELD_NAME) {
        field = "";
        return header;
      }
      field = parser.currentName();
      if (!isLog()) {
        token();
        header.put(field, value());
      }
    }
    return header;
  }

  private boolean isLog() {
    return field.equals(EVENTS) || field.equals(FACTS);
  }

  @Override
  public Optional<Item> next() throws IOException {
    while (isLog()) {
      if (started) {
        started = false;
        index = 0;
        if (token() != JsonToken.START_ARRAY) {
          throw Fault.at("body", field + " must be an array");
        }
      }
      if (token() != JsonToken.END_ARRAY) {
        return Optional.of(item());
      }
      nextField();
    }
    return Optional.empty();
  }

  private Item item() throws IOException {
    Object tree = value();
    Item item =
        new Item(
            field.equals(EVENTS) ? Kind.CANONICAL : Kind.RAW,
            where(),
            tree instanceof Map<?, ?> fields ? fields : Map.of());
    if (!(tree instanceof Map<?, ?>)) {
      throw Fault.at(item.where(), "must be an object");
    }
    index++;
    return item;
  }

  /** Goes on to the other array; other fields after the first array say nothing to an import. */
  private void nextField() throws IOException {
    field = "";
    while (!isLog() && token() == JsonToken.FIELD_NAME) {
      field = parser.currentName();
      if (!isLog()) {
        token();
        parser.skipChildren();
      }
    }
    started = isLog();
  }

  @Override
  public String where() {
    return isLog() && !started ? field + "." + index : "body";
  }

  private @Nullable JsonToken token() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private @Nullable Object value() throws IOException {
    try {
      return MAPPER.readValue(parser, Object.class);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private RuntimeException malformed(JsonProcessingException e) {
    var at = e.getLocation();
    return Fault.at(
        where(),
        at == null
            ? "malformed JSON"
            : "malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }
}
