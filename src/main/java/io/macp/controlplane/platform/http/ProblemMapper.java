// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The one place where what went wrong in a resource becomes an answer. */
@Provider
@Dependent
class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  private final HttpServletRequest request;

  /**
   * With the request of whichever thread asks.
   *
   * @param request marked for both, the container of beans and that of resources
   */
  @Inject
  public ProblemMapper(@Context HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof WebApplicationException e && e.getResponse().getStatus() < 400) {
      return e.getResponse();
    }
    Problem problem = Problems.of(failure, request.getMethod(), request.getRequestURI());
    Exchange exchange = Exchange.of(request);
    if (problem.status() == 500) {
      LOG.log(
          System.Logger.Level.ERROR,
          "request " + exchange.requestId() + " to " + exchange.route() + " failed",
          failure);
    }
    return response(
        ProblemAnswer.of(problem, request.getHeader("Accept"), exchange.requestId()), failure);
  }

  private static Response response(ProblemAnswer answer, Throwable failure) {
    var response =
        Response.status(answer.status()).type(answer.contentType()).entity(answer.bytes());
    answer.headers().forEach(response::header);
    if (failure instanceof WebApplicationException e) {
      Object allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
      if (allow != null) {
        response.header(HttpHeaders.ALLOW, allow);
      }
    }
    return response.build();
  }
}
