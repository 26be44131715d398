// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets resources take {@link BodyFields}; a body of another media type is ignored, never 415. */
@Provider
@Dependent
@Consumes(MediaType.WILDCARD)
class BodyFieldsReader implements MessageBodyReader<BodyFields> {
  /** Public, because the container looks for no other constructor. */
  public BodyFieldsReader() {}

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == BodyFields.class;
  }

  @Override
  public BodyFields readFrom(
      Class<BodyFields> type,
      Type genericType,
      Annotation[] annotations,
      @Nullable MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    if (mediaType == null || !isJson(mediaType)) {
      return BodyFields.of(Map.of());
    }
    return BodyFields.of(RequestBody.read(body));
  }

  private static boolean isJson(MediaType type) {
    return type.getType().equalsIgnoreCase("application")
        && (type.getSubtype().equalsIgnoreCase("json")
            || type.getSubtype().toLowerCase(java.util.Locale.ROOT).endsWith("+json"));
  }
}
