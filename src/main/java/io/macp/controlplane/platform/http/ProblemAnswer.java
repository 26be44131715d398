// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it goes over the wire: the contract's superset body (section 1.4), or RFC 9457 for a
 * client that names {@code application/problem+json} in its {@code Accept} header.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param headers further headers
 * @param body the members of the body, in order
 */
public record ProblemAnswer(
    int status, String contentType, Map<String, String> headers, Map<String, Object> body) {
  static final String PROBLEM_JSON = "application/problem+json";

  public ProblemAnswer {
    headers = Map.copyOf(headers);
  }

  /**
   * What to answer to a problem.
   *
   * @param accept the client's {@code Accept} header
   * @param requestId id of the request, so that a report can be matched with the log
   */
  public static ProblemAnswer of(
      Problem problem, @Nullable String accept, @Nullable String requestId) {
    boolean standard = Accept.names(accept, PROBLEM_JSON);
    Map<String, Object> body = standard ? standardBody(problem) : contractBody(problem);
    if (requestId != null) {
      body.put("requestId", requestId);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    problem.retryAfter().ifPresent(wait -> headers.put("Retry-After", seconds(wait)));
    return new ProblemAnswer(
        problem.status(), standard ? PROBLEM_JSON : "application/json", headers, body);
  }

  /** Answers a servlet request with a problem, unless an answer is already on its way. */
  public static void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    ProblemAnswer answer =
        of(problem, request.getHeader("Accept"), Exchange.of(request).requestId());
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentType(answer.contentType());
    byte[] text = answer.bytes();
    response.setContentLength(text.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(text);
    }
  }

  /** Answers with the problem that goes with a bare status. */
  public static void sendStatus(
      HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
    Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = refused instanceof String original ? original : request.getRequestURI();
    send(request, response, Problems.ofStatus(status, request.getMethod(), path));
  }

  /** The body as UTF-8 JSON. */
  public byte[] bytes() {
    return Json.writeBytes(body);
  }

  private static Map<String, Object> contractBody(Problem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("statusCode", problem.status());
    body.put("errorCode", problem.code().name());
    body.put("message", problem.fieldErrors().isEmpty() ? problem.detail() : problem.fieldErrors());
    body.put("error", ReasonPhrase.of(problem.status()));
    if (!problem.facts().isEmpty()) {
      body.put("metadata", problem.facts());
    }
    return body;
  }

  private static Map<String, Object> standardBody(Problem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", ReasonPhrase.of(problem.status()));
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    body.put("errorCode", problem.code().name());
    if (!problem.fieldErrors().isEmpty()) {
      body.put("errors", problem.fieldErrors());
    }
    if (!problem.facts().isEmpty()) {
      body.put("metadata", problem.facts());
    }
    return body;
  }

  private static String seconds(Duration wait) {
    return Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000));
  }
}
