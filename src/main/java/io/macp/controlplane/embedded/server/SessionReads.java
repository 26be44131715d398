// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.SessionMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** GetSession and ListSessions: each caller sees what it may read (sections 5.4 and 5.5). */
final class SessionReads {
  private static final int MAX_PAGE = 1000;

  private final Sessions sessions;
  private final SessionDirectory directory;

  SessionReads(Sessions sessions, SessionDirectory directory) {
    this.sessions = sessions;
    this.directory = directory;
  }

  SessionMetadata require(String id, Identity caller) {
    Session session =
        sessions
            .find(id)
            .orElseThrow(
                () ->
                    Access.notFound(id)
                        .asRuntimeException(Wire.trailers(sessions.notFound(id), id, "")));
    if (!Access.mayRead(caller, session)) {
      throw Access.forbidden(caller, id).asRuntimeException();
    }
    return Wire.metadata(session);
  }

  ListSessionsResponse list(ListSessionsRequest request, Identity caller) {
    if (request.getPageSize() < 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription("page_size must not be negative")
          .asRuntimeException();
    }
    int size = request.getPageSize() == 0 ? MAX_PAGE : Math.min(request.getPageSize(), MAX_PAGE);
    List<SessionMetadata> page = new ArrayList<>();
    for (SessionCell cell : from(request.getPageToken())) {
      Optional<Session> session = cell.snapshot().filter(s -> Access.mayRead(caller, s));
      if (session.isPresent() && page.size() == size) {
        return response(page).setNextPageToken(token(page.getLast().getSessionId())).build();
      }
      session.ifPresent(s -> page.add(Wire.metadata(s)));
    }
    return response(page).build();
  }

  private static ListSessionsResponse.Builder response(List<SessionMetadata> page) {
    return ListSessionsResponse.newBuilder().addAllSessions(page);
  }

  private Collection<SessionCell> from(String pageToken) {
    if (pageToken.isEmpty()) {
      return directory.all();
    }
    String last;
    try {
      last = new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw staleToken();
    }
    if (directory.find(last).isEmpty()) {
      throw staleToken();
    }
    return directory.after(last);
  }

  private static RuntimeException staleToken() {
    return Status.INVALID_ARGUMENT
        .withDescription("page_token is stale or was not given out here; start from the beginning")
        .asRuntimeException();
  }

  private static String token(String lastId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(lastId.getBytes(StandardCharsets.UTF_8));
  }
}
