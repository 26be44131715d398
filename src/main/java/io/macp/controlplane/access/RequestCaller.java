// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.http.Exchange;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller that authentication has left in the request. */
@Dependent
class RequestCaller implements CurrentCaller {
  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String PERMIT = Permit.class.getName();

  private final HttpServletRequest request;

  @Inject
  RequestCaller(HttpServletRequest request) {
    this.request = request;
  }

  static void remember(ServletRequest request, Caller caller, Permit permit) {
    request.setAttribute(ATTRIBUTE, caller);
    request.setAttribute(PERMIT, permit);
  }

  static Caller of(ServletRequest request) {
    return known(request.getAttribute(ATTRIBUTE));
  }

  static Caller of(ContainerRequestContext context) {
    return known(context.getProperty(ATTRIBUTE));
  }

  private static Caller known(@Nullable Object attribute) {
    return attribute instanceof Caller caller ? caller : Caller.ANONYMOUS;
  }

  @Override
  public Caller caller() {
    return of(request);
  }

  @Override
  public Permit permit() {
    return request.getAttribute(PERMIT) instanceof Permit permit ? permit : Optional::empty;
  }

  @Override
  public Optional<String> requestId() {
    return Optional.ofNullable(Exchange.of(request).requestId());
  }
}
