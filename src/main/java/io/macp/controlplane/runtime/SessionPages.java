// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.view.SessionView;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows the pages of ListSessions until there is no next one (wire contract, section 5.4).
 * Runtimes that do not page answer everything at once, hence the larger messages.
 */
final class SessionPages {
  private static final int PAGE_SIZE = 500;
  private static final int MOST_LIST_BYTES = 32 << 20;

  private SessionPages() {}

  static List<SessionView> all(UnaryCalls calls) {
    List<SessionView> sessions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = "";
    do {
      ListSessionsRequest request =
          ListSessionsRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(token).build();
      ListSessionsResponse page =
          calls.call("ListSessions", stub -> roomy(stub).listSessions(request));
      page.getSessionsList().forEach(metadata -> sessions.add(Answers.session(metadata)));
      token = page.getNextPageToken();
    } while (!token.isEmpty() && seen.add(token));
    return List.copyOf(sessions);
  }

  static MACPRuntimeServiceBlockingStub roomy(MACPRuntimeServiceBlockingStub stub) {
    return stub.withMaxInboundMessageSize(MOST_LIST_BYTES);
  }
}
