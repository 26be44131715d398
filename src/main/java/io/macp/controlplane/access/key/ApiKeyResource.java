// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** API keys, for administrators. */
@Path("/admin/api-keys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "admin")
public class ApiKeyResource {
  private static final int LONGEST_NAME = 255;
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final KeyAdministration administration;
  private final ApiKeyStore store;
  private final KeyWitness witness;

  @Inject
  public ApiKeyResource(KeyAdministration administration, ApiKeyStore store, KeyWitness witness) {
    this.witness = witness;
    this.administration = administration;
    this.store = store;
  }

  @POST
  @Requires(Scope.ADMIN)
  @Operation(summary = "Make an API key")
  @APIResponse(responseCode = "201", description = "The key, whose text is shown here only")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "409", description = "There are too many active keys")
  public Response make(BodyFields body) {
    KeyAdministration.Made made = administration.make(wish(body));
    witness.made(made.key());
    Map<String, @Nullable Object> answer = made.key().toTree();
    answer.put("key", made.text().reveal());
    return Response.status(Response.Status.CREATED).entity(answer).build();
  }

  private static KeyAdministration.Wish wish(BodyFields body) {
    String name = body.filledText("name");
    if (name.length() > LONGEST_NAME) {
      body.reject("name must be shorter than or equal to " + LONGEST_NAME + " characters");
    }
    List<String> names = body.texts("scopes", 1, Scope.values().length);
    Optional<Instant> expiresAt = body.findInstant("expiresAt");
    Set<Scope> scopes =
        names.stream().flatMap(text -> Scope.find(text).stream()).collect(Collectors.toSet());
    if (!Scope.names().containsAll(names)) {
      body.reject(
          "scopes must contain only the following values: " + String.join(", ", Scope.names()));
    }
    body.check();
    return new KeyAdministration.Wish(name, scopes, expiresAt);
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "List API keys")
  @APIResponse(
      responseCode = "200",
      description = "A page of keys without their text, newest first")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Map<String, @Nullable Object> list(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    int limit = query.integer("limit", USUAL_PAGE, 1, LARGEST_PAGE);
    int offset = query.integer("offset", 0, 0, Integer.MAX_VALUE);
    query.check();
    ApiKeyStore.KeyPage page = store.list(limit, offset);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", page.keys().stream().map(StoredKey::toTree).toList());
    answer.put("total", page.total());
    answer.put("limit", limit);
    answer.put("offset", offset);
    return answer;
  }

  @DELETE
  @Path("/{id}")
  @Requires(Scope.ADMIN)
  @Operation(summary = "Revoke an API key")
  @APIResponse(responseCode = "204", description = "The key is revoked")
  @APIResponse(responseCode = "404", description = "There is no such key")
  @APIResponse(responseCode = "409", description = "It is the last key of an administrator")
  public Response revoke(@PathParam("id") String id) {
    UUID keyId = PathIds.uuid(id);
    administration.revoke(keyId);
    witness.revoked(keyId);
    return Response.noContent().build();
  }
}
