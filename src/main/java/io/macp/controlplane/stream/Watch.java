// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.QueryFields;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One of several runs that a client watches over one connection.
 *
 * @param run which
 * @param afterSeq the last number that the client knows; 0 for none
 */
record Watch(UUID run, long afterSeq) {
  private static final int MOST = 50;
  private static final String FORM =
      "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}:[0-9]{1,18}";

  /** The runs of a request, as {@code ID:SEQ,ID:SEQ}. */
  static List<Watch> all(QueryFields query) {
    List<String> items = query.list("watch");
    List<Watch> watches = items.stream().flatMap(item -> find(item).stream()).toList();
    if (items.size() > MOST || watches.size() < items.size()) {
      throw Problem.invalid(
              List.of("watch must be at most " + MOST + " items ID:SEQ, separated by commas"))
          .asException();
    }
    return watches;
  }

  private static Optional<Watch> find(String item) {
    if (!item.matches(FORM)) {
      return Optional.empty();
    }
    int colon = item.indexOf(':');
    UUID run = UUID.fromString(item.substring(0, colon));
    return Optional.of(new Watch(run, Long.parseLong(item.substring(colon + 1))));
  }
}
