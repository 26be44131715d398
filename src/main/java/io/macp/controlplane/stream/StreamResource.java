// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live streams (control-plane contract, section 4.1). */
@Path("/runs")
@Dependent
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "streams")
public class StreamResource {
  private static final Duration LIST_PAUSE = Duration.ofMillis(250);

  private final StreamHub hub;
  private final RunReadStore runs;
  private final EventReadStore events;
  private final RunHistory history;
  private final Background background;
  private final Clock clock;
  private final StreamAnswer answer;

  @Inject
  public StreamResource(
      StreamHub hub,
      RunReadStore runs,
      EventReadStore events,
      RunHistory history,
      Background background,
      Clock clock) {
    this.hub = hub;
    this.runs = runs;
    this.events = events;
    this.history = history;
    this.background = background;
    this.clock = clock;
    this.answer = new StreamAnswer(background, clock);
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/stream")
  @Operation(summary = "Watch a run: snapshot, then events as they are recorded")
  @APIResponse(responseCode = "200", description = "snapshot, canonical_event and heartbeat events")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public void run(
      @PathParam("id") String id,
      @HeaderParam("Last-Event-ID") String lastEventId,
      @Context UriInfo uri,
      @Context HttpServletResponse response,
      @Suspended AsyncResponse client) {
    UUID runId = PathIds.uuid(id);
    RunReader.Wish wish = wish(QueryFields.of(uri.getQueryParameters()), lastEventId);
    if (runs.find(runId).isEmpty()) {
      throw Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
    }
    Place place = hub.enter();
    hub.opened(runId, sequence(lastEventId), clock.instant());
    StreamAnswer.prepare(response);
    answer.begin(client, place, "run " + runId, line -> serve(runId, wish, line, place));
  }

  private void serve(UUID runId, RunReader.Wish wish, Line line, Place place)
      throws InterruptedException {
    RunTopic topic = hub.watch(runId);
    try {
      place.wakeBy(topic::wake);
      RunReader.Sources sources = new RunReader.Sources(runs, events, history, place);
      new RunReader(runId, wish, topic, line, sources).serve();
    } finally {
      hub.unwatch(runId);
    }
  }

  private RunReader.Wish wish(QueryFields query, String lastEventId) {
    long afterSeq = query.findInteger("afterSeq", 0, Long.MAX_VALUE).orElse(0L);
    boolean snapshots = !query.has("includeSnapshot") || query.isTrue("includeSnapshot");
    boolean extended = query.findText("frames").filter("extended"::equals).isPresent();
    Optional<Long> heartbeatMs = query.findInteger("heartbeatMs", 1_000, Integer.MAX_VALUE);
    query.check();
    Duration heartbeat =
        heartbeatMs.map(Duration::ofMillis).orElseGet(() -> hub.config().heartbeat());
    return new RunReader.Wish(
        Math.max(afterSeq, sequence(lastEventId)), snapshots, extended, heartbeat);
  }

  /** A browser repeats whatever id it saw last; one that is no sequence says nothing. */
  private static long sequence(String lastEventId) {
    if (lastEventId == null || !lastEventId.matches("[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(lastEventId);
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/stream")
  @Operation(summary = "Watch the list, and several runs, over one connection")
  @APIResponse(responseCode = "200", description = "run and heartbeat events, those of runs asked")
  public void list(
      @Context UriInfo uri,
      @Context HttpServletResponse response,
      @Suspended AsyncResponse client) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    List<Watch> watches = Watch.all(query);
    boolean wantsList = !query.has("list") || query.isTrue("list");
    query.check();
    Place place = hub.enter();
    StreamAnswer.prepare(response);
    answer.begin(
        client, place, "the list of runs", line -> serveList(wantsList, watches, line, place));
  }

  private void serveList(boolean wantsList, List<Watch> watches, Line line, Place place)
      throws InterruptedException {
    RunListTopic.Reader reader = wantsList ? hub.list().watch() : new RunListTopic.Reader();
    try {
      line.open();
      watches.forEach(watch -> background.start(() -> follow(watch, line, place)));
      tellOfChanges(reader, line, place);
    } finally {
      hub.list().unwatch(reader);
    }
  }

  private void tellOfChanges(RunListTopic.Reader reader, Line line, Place place)
      throws InterruptedException {
    while (!place.isOver() && !line.isClosed()) {
      for (RunRecord run : reader.take()) {
        line.note("run", Json.write(run.toTree()));
      }
      if (line.silence() >= hub.config().heartbeat().toNanos()) {
        line.heartbeat();
      }
      Thread.sleep(LIST_PAUSE);
    }
  }

  /** One of several runs. When it cannot be read, all end together, and their client comes back. */
  private void follow(Watch watch, Line whole, Place place) {
    Line line = whole.of(watch.run());
    try {
      if (hub.reading(() -> runs.find(watch.run())).isEmpty()) {
        line.mark("missing", 0);
        return;
      }
      RunReader.Wish wish =
          new RunReader.Wish(watch.afterSeq(), true, true, hub.config().heartbeat());
      serve(watch.run(), wish, line, place);
    } catch (Line.Gone e) {
      // Whoever watched has left, which is how most streams end.
    } catch (PersistenceException | DatabaseFailure e) {
      StreamAnswer.noteUnreadable("run " + watch.run());
      whole.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
