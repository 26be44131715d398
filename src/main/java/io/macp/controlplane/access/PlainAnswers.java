// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.http.ProblemAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Answers the container's own refusals (a header that it cannot parse, say) in the shape of the
 * contract, where the container would send a page of its own.
 */
final class PlainAnswers extends HttpServletResponseWrapper {
  private final HttpServletRequest request;

  PlainAnswers(HttpServletRequest request, HttpServletResponse response) {
    super(response);
    this.request = request;
  }

  @Override
  public void sendError(int status) throws IOException {
    resetBuffer();
    ProblemAnswer.sendStatus(request, (HttpServletResponse) getResponse(), status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    sendError(status);
  }
}
