// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How entity attributes become column values. */
final class Converters {
  private Converters() {}

  /** Points in time to {@code timestamptz}; EclipseLink alone would write them as bytes. */
  @Converter(autoApply = true)
  public static class Time implements AttributeConverter<@Nullable Instant, @Nullable Timestamp> {
    @Override
    public @Nullable Timestamp convertToDatabaseColumn(@Nullable Instant instant) {
      return instant == null ? null : Timestamp.from(instant);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Timestamp timestamp) {
      return timestamp == null ? null : timestamp.toInstant();
    }
  }

  /** JSON text to {@code jsonb}, which the driver hands out as an object of its own. */
  @Converter
  public static class JsonText implements AttributeConverter<@Nullable String, @Nullable Object> {
    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable String json) {
      return json;
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable Object column) {
      return column == null ? null : column.toString();
    }
  }
}
