// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the edge knows about one request while it is served: its id, where it comes from and, once a
 * route was chosen, the template of that route. Lives in an attribute of the servlet request. One
 * thread at a time works on an exchange, but not always the same one, so the route is volatile.
 */
public final class Exchange {
  private static final String ATTRIBUTE = Exchange.class.getName();
  private static final String NO_ROUTE = "unmatched";

  private final String requestId;
  private final String address;
  private volatile String route = NO_ROUTE;

  private Exchange(String requestId, String address) {
    this.requestId = requestId;
    this.address = address;
  }

  /** Starts the exchange of a request. */
  public static Exchange begin(ServletRequest request, String requestId) {
    Exchange exchange = new Exchange(requestId, request.getRemoteAddr());
    request.setAttribute(ATTRIBUTE, exchange);
    return exchange;
  }

  /** The exchange that a resource method takes part in. */
  public static Optional<Exchange> find(ContainerRequestContext context) {
    return context.getProperty(ATTRIBUTE) instanceof Exchange exchange
        ? Optional.of(exchange)
        : Optional.empty();
  }

  /** The exchange of a request; one without an id when nobody has started it. */
  public static Exchange of(ServletRequest request) {
    Object known = request.getAttribute(ATTRIBUTE);
    return known instanceof Exchange exchange ? exchange : begin(request, "");
  }

  /** Whether the client names this very media type, and no wildcard, as one that it wants. */
  public static boolean asksFor(String mediaType, HttpServletRequest request) {
    return Accept.names(request.getHeader("Accept"), mediaType);
  }

  /** The id that the client sees in {@code x-request-id}, or null outside an exchange. */
  public @Nullable String requestId() {
    return requestId.isEmpty() ? null : requestId;
  }

  /** Address of the connection; no header is asked, since anybody can write one. */
  public String address() {
    return address;
  }

  /** Template of the route that serves the request, such as {@code /runs/:id/events}. */
  public String route() {
    return route;
  }

  /** Tells which route serves the request. */
  public void route(String template) {
    route = template;
  }
}
