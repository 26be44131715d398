// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.http.ProblemAnswer;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Error page of the application: says in the shape of the contract what the container refuses
 * before our filters see it, such as a look into {@code WEB-INF}.
 */
public class RefusalServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int refused = status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
    response.setHeader("X-Content-Type-Options", "nosniff");
    ProblemAnswer.sendStatus(request, response, refused);
  }
}
