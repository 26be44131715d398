// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.feed.EventFeedStore;
import io.macp.controlplane.log.feed.EventFeedStore.FeedPage;
import io.macp.controlplane.log.feed.FeedCursor;
import io.macp.controlplane.log.feed.FeedFilter;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads the events of all runs (control-plane contract, section 3.5). */
@Path("/events")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
public class EventResource {
  private final EventFeedStore feed;

  @Inject
  public EventResource(EventFeedStore feed) {
    this.feed = feed;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "List canonical events of all runs, or of one")
  @APIResponse(responseCode = "200", description = "A page; follow its cursor to miss nothing")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Map<String, @Nullable Object> list(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    Optional<String> cursor = query.findText("cursor");
    FeedFilter filter = EventFilters.readFeed(query);
    FeedPage page = cursor.isPresent() ? after(filter, cursor.get()) : first(filter);
    List<RecordedEvent> events = page.events();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", events.stream().map(RecordedEvent::toTree).toList());
    answer.put("total", page.total());
    answer.put("limit", filter.limit());
    if (events.size() == filter.limit()) {
      answer.put("nextCursor", events.getLast().seq());
    }
    page.next().ifPresent(next -> answer.put("cursor", next.text()));
    return answer;
  }

  private FeedPage first(FeedFilter filter) {
    return filter.runId().isPresent() ? feed.ofRun(filter) : feed.first(filter);
  }

  private FeedPage after(FeedFilter filter, String text) {
    FeedCursor cursor =
        FeedCursor.parse(text)
            .orElseThrow(
                () ->
                    Problem.invalid(List.of("cursor must be a cursor of an earlier page"))
                        .asException());
    if (cursor.filter() != filter.fingerprint()) {
      throw Problem.invalid(
              List.of("cursor must be used with the parameters that it was given for"))
          .asException();
    }
    return feed.after(filter, cursor);
  }
}
