// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what resources return, maps, lists and records, into JSON text with the one mapping that we
 * have, before the server would choose one of its own.
 */
@Provider
@Dependent
class JsonAnswers implements ContainerResponseFilter {
  /** Public, because the container looks for no other constructor. */
  public JsonAnswers() {}

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    @Nullable Object entity = response.getEntity();
    if (entity instanceof Map || entity instanceof List || entity instanceof Record) {
      @Nullable MediaType type = response.getMediaType();
      response.setEntity(
          Json.writeBytes(entity),
          response.getEntityAnnotations(),
          type == null || type.isWildcardSubtype() ? MediaType.APPLICATION_JSON_TYPE : type);
    }
  }
}
