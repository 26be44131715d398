// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Writes what resources return, maps, lists and records, with the one JSON mapping we have. */
@Provider
@Dependent
@Produces(MediaType.APPLICATION_JSON)
class JsonWriter implements MessageBodyWriter<Object> {
  /** Public, because the container looks for no other constructor. */
  public JsonWriter() {}

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Map.class.isAssignableFrom(type) || List.class.isAssignableFrom(type) || type.isRecord();
  }

  @Override
  public void writeTo(
      Object tree,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    body.write(Json.writeBytes(tree));
  }
}
