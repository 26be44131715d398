// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.Exchange;
import io.macp.controlplane.platform.http.ProblemAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The outermost layer of the product: gives every request an id, every answer the headers that all
 * answers have, answers preflights, and sees to it that nothing leaves unlogged or with internals.
 */
public class ExchangeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(ExchangeFilter.class.getName());

  private final transient AccessConfig config;
  private final transient Ids ids;
  private final transient Meters meters;

  @Inject
  ExchangeFilter(AccessConfig config, Ids ids, Meters meters) {
    this.config = config;
    this.ids = ids;
    this.meters = meters;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    long start = System.nanoTime();
    String sent = request.getHeader("x-request-id");
    String requestId = sent != null && RequestIds.isSane(sent) ? sent : ids.next().toString();
    Exchange.begin(request, requestId);
    ServedRequest served = new ServedRequest(request, response, meters, start);
    setHeaders(request, response, requestId);
    try {
      serve(request, response, chain);
    } finally {
      served.whenDone();
    }
  }

  private void setHeaders(
      HttpServletRequest request, HttpServletResponse response, String requestId) {
    response.setHeader("x-request-id", requestId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
    config.cors().headers(request.getHeader("Origin")).forEach(response::setHeader);
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    if ("OPTIONS".equals(request.getMethod())) {
      Exchange.of(request).route("preflight");
      config
          .cors()
          .preflightHeaders(request.getHeader("Access-Control-Request-Headers"))
          .forEach(response::setHeader);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    HttpServletRequest tidy = TidyRequest.of(request);
    if (!TidyRequest.isUtf8(tidy.getRequestURI())) {
      Problem problem = Problem.invalid(List.of("path must be percent-encoded UTF-8"));
      ProblemAnswer.send(request, response, problem);
      return;
    }
    try {
      chain.doFilter(tidy, new PlainAnswers(request, response));
    } catch (Problem.ProblemException e) {
      ProblemAnswer.send(request, response, e.problem());
    } catch (ServletException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "request " + Exchange.of(request).requestId() + " failed outside the resources",
          e);
      ProblemAnswer.send(
          request, response, Problem.of(ErrorCode.INTERNAL_ERROR, "Internal server error"));
    }
  }
}
