// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.breaker;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The circuit breaker for operators (control-plane contract, section 12.1). */
@Path("/admin/circuit-breaker")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "admin")
public class AdminResource {
  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "15m", Duration.ofMinutes(15),
          "1h", Duration.ofHours(1),
          "6h", Duration.ofHours(6),
          "24h", Duration.ofHours(24),
          "7d", Duration.ofDays(7),
          "30d", Duration.ofDays(30));

  private final RuntimeConnection runtime;
  private final BreakerHistory history;
  private final AuditTrail trail;
  private final Clock clock;

  @Inject
  public AdminResource(
      RuntimeConnection runtime, BreakerHistory history, AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.runtime = runtime;
    this.history = history;
    this.clock = clock;
  }

  @POST
  @Requires(Scope.ADMIN)
  @Path("/reset")
  @Operation(summary = "Close the circuit breaker")
  @APIResponse(responseCode = "200", description = "It is closed")
  public Map<String, @Nullable Object> reset() {
    trail
        .begin(AuditAction.CIRCUIT_BREAKER_RESET)
        .before(Map.of("state", state().name()))
        .during(
            () -> {
              runtime.find().ifPresent(client -> client.breaker().reset());
              return CircuitBreaker.State.CLOSED;
            });
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("status", "ok");
    answer.put("state", CircuitBreaker.State.CLOSED.name());
    return answer;
  }

  @GET
  @Requires(Scope.ADMIN)
  @Path("/history")
  @Operation(summary = "The states that the circuit breaker entered, over restarts")
  @APIResponse(responseCode = "200", description = "The last 200 in the window, oldest first")
  @APIResponse(responseCode = "400", description = "since is no point in time")
  public Map<String, @Nullable Object> history(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    Optional<Instant> since = query.findInstant("since");
    Optional<Instant> window =
        query.findText("window").map(WINDOWS::get).map(clock.instant()::minus);
    query.check();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("state", state().name());
    answer.put(
        "history",
        history.list(since.or(() -> window).orElse(Instant.EPOCH)).stream()
            .map(AdminResource::tree)
            .toList());
    return answer;
  }

  private CircuitBreaker.State state() {
    return runtime
        .find()
        .map(client -> client.breaker().state())
        .orElse(CircuitBreaker.State.CLOSED);
  }

  private static Map<String, String> tree(CircuitBreaker.Entry entry) {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("state", entry.state().name());
    tree.put("enteredAt", Timestamps.format(entry.enteredAt()));
    tree.put("reason", entry.reason());
    return tree;
  }
}
