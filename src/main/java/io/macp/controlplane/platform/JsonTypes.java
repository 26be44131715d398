// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How the types that our answers use beyond plain trees are spelled in JSON. */
final class JsonTypes {
  /** Control-plane contract, section 1.6: UTC with milliseconds and {@code Z}, always. */
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private JsonTypes() {}

  static SimpleModule module() {
    return new SimpleModule("answers")
        .addSerializer(Instant.class, new InstantText())
        .addSerializer(Optional.class, new PresentOnly())
        .addSerializer(Json.Stored.class, new AsItStands());
  }

  private static final class InstantText extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant at, JsonGenerator json, SerializerProvider types)
        throws IOException {
      json.writeString(INSTANT.format(at));
    }
  }

  private static final class AsItStands extends JsonSerializer<Json.Stored> {
    @Override
    public void serialize(Json.Stored value, JsonGenerator json, SerializerProvider types)
        throws IOException {
      json.writeRawValue(value.text());
    }
  }

  /** An empty optional counts as empty, so that a field with that inclusion leaves it out. */
  @SuppressWarnings("rawtypes")
  private static final class PresentOnly extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator json, SerializerProvider types)
        throws IOException {
      types.defaultSerializeValue(value.isPresent() ? value.get() : null, json);
    }

    @Override
    public boolean isEmpty(SerializerProvider types, Optional value) {
      return value.isEmpty();
    }
  }
}
