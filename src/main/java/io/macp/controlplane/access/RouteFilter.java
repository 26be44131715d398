// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.Exchange;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stands before one resource method: notes its route, lets one caller in only so often, and only
 * with the scopes that the method needs. Callers without a key are told apart by the address of
 * their connection; headers that a proxy may have set, or a client invented, are not trusted. For
 * use by many threads.
 */
class RouteFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String VERDICT = Throttle.Verdict.class.getName();

  private final String route;
  private final List<Scope> required;
  private final Throttle throttle;

  RouteFilter(String route, List<Scope> required, Throttle throttle) {
    this.route = route;
    this.required = required;
    this.throttle = throttle;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    Optional<Exchange> exchange = Exchange.find(context);
    exchange.ifPresent(known -> known.route(route));
    if (PublicRoutes.areUnlimited(route)) {
      return;
    }
    Throttle.Verdict verdict =
        throttle.admit(callerKey(context, exchange), context.getMethod() + " " + route);
    context.setProperty(VERDICT, verdict);
    if (!verdict.admitted()) {
      throw Problem.of(ErrorCode.RATE_LIMITED, "Too Many Requests")
          .retryAfter(verdict.untilReset())
          .asException();
    }
    required.forEach(RequestCaller.of(context)::require);
  }

  @Override
  public void filter(ContainerRequestContext context, ContainerResponseContext response) {
    if (context.getProperty(VERDICT) instanceof Throttle.Verdict verdict) {
      var headers = response.getHeaders();
      headers.putSingle("X-RateLimit-Limit", verdict.limit());
      headers.putSingle("X-RateLimit-Remaining", Math.max(0, verdict.remaining()));
      headers.putSingle("X-RateLimit-Reset", wholeSeconds(verdict.untilReset()));
    }
  }

  private static String callerKey(ContainerRequestContext context, Optional<Exchange> exchange) {
    Caller caller = RequestCaller.of(context);
    return caller.isUnknown()
        ? "address " + exchange.map(Exchange::address).orElse("")
        : caller.id();
  }

  private static long wholeSeconds(Duration duration) {
    return Math.max(1, (duration.toMillis() + 999) / 1000);
  }
}
