// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All runs at a glance (control-plane contract, sections 10.2 and 10.3). */
@Path("/dashboard")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dashboard")
public class DashboardResource {
  private static final Window AGENTS_WINDOW = Window.MONTH;
  private static final int USUAL_AGENTS = 100;
  private static final int MOST_AGENTS = 1_000;

  private final DashboardStore dashboard;
  private final AgentStore agents;
  private final RuntimePulse pulse;
  private final Clock clock;

  @Inject
  public DashboardResource(
      DashboardStore dashboard, AgentStore agents, RuntimePulse pulse, Clock clock) {
    this.dashboard = dashboard;
    this.agents = agents;
    this.pulse = pulse;
    this.clock = clock;
  }

  @GET
  @Path("/overview")
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "Key figures, charts and newest runs")
  @APIResponse(responseCode = "200", description = "The figures of the window")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Map<String, Object> overview(@Context UriInfo uri) {
    Instant now = clock.instant();
    var query = DashboardQuery.read(QueryFields.of(uri.getQueryParameters()), Answers.end(now));
    var question = pulse.ask();
    DashboardStore.Findings findings = dashboard.find(query, now);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("kpis", findings.figures().kpis());
    answer.put("recentRuns", findings.recent());
    answer.put("runtimeHealth", pulse.await(question));
    answer.put("charts", findings.figures().charts());
    return answer;
  }

  @GET
  @Path("/agents/metrics")
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "What each agent has said, those of most runs first")
  @APIResponse(responseCode = "200", description = "The agents of the window, 30 days when unsaid")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public List<Map<String, @Nullable Object>> agents(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    Window window =
        query.findChoice("window", Window.names()).map(Window::of).orElse(AGENTS_WINDOW);
    int limit = query.integer("limit", USUAL_AGENTS, 1, MOST_AGENTS);
    query.check();
    Instant now = clock.instant();
    return agents.list(Span.ending(Answers.end(now), window), limit, now);
  }
}
