// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.ProblemAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets nobody through without a key or token, once there are any, except to the public routes.
 * Stands before every servlet and resource, so that a new one is closed unless somebody opens it.
 */
public class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient AccessConfig config;
  private final transient Authentication authentication;

  @Inject
  AuthenticationFilter(AccessConfig config, Authentication authentication) {
    this.config = config;
    this.authentication = authentication;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!PublicRoutes.contain(request.getRequestURI(), config.stage())) {
      try {
        String authorization = request.getHeader("Authorization");
        RequestCaller.remember(
            request,
            authentication.authenticate(authorization),
            () -> authentication.refusal(authorization));
      } catch (Problem.ProblemException e) {
        if (e.problem().status() == HttpServletResponse.SC_UNAUTHORIZED) {
          response.setHeader("WWW-Authenticate", "Bearer");
        }
        ProblemAnswer.send(request, response, e.problem());
        return;
      }
    }
    chain.doFilter(request, response);
  }
}
