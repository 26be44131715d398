// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Who asks for RFC 9457 problems asks for JSON answers, too: without this a client that sends
 * nothing but {@code Accept: application/problem+json} would be told that no answer is acceptable.
 */
@Provider
@PreMatching
@Dependent
class StandardProblemFilter implements ContainerRequestFilter {
  /** Public, because the container looks for no other constructor. */
  public StandardProblemFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    if (Accept.names(accept, ProblemAnswer.PROBLEM_JSON)) {
      request.getHeaders().putSingle(HttpHeaders.ACCEPT, accept + ", application/json;q=0.1");
    }
  }
}
