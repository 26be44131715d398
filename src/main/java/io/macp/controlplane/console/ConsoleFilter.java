// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import io.macp.controlplane.platform.http.Exchange;
import io.macp.controlplane.platform.http.ProblemAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Serves the console from the resources of the application and of its libraries. Stands before
 * authentication, because a page cannot send a key before it is loaded, and lets everything pass
 * that is not for a browser: one address can be a page for people and data for programs.
 */
public class ConsoleFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String PAGE_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (ConsolePaths.isFileArea(path)) {
      Exchange.of(request).route("/console/*");
      sendFile(path, request, response);
      return;
    }
    if (isReading(request) && ConsolePaths.isDescription(path)) {
      Exchange.of(request).route("/openapi/ui/");
      sendFile(ConsolePaths.DESCRIPTION, request, response);
      return;
    }
    if (isReading(request) && ConsolePaths.isAddress(path)) {
      response.addHeader("Vary", "Accept");
      Optional<ConsoleFile> page = page(request);
      if (page.isPresent()) {
        Exchange.of(request).route("console page");
        send(page.get(), request, response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Optional<ConsoleFile> page(HttpServletRequest request) throws IOException {
    return Exchange.asksFor("text/html", request)
        ? find(ConsolePaths.PAGE, request)
        : Optional.empty();
  }

  private static void sendFile(
      String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!isReading(request)) {
      response.setHeader("Allow", "GET, HEAD");
      ProblemAnswer.sendStatus(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    Optional<ConsoleFile> file = ConsolePaths.isFile(path) ? find(path, request) : Optional.empty();
    if (file.isEmpty()) {
      ProblemAnswer.sendStatus(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    send(file.get(), request, response);
  }

  private static void send(
      ConsoleFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Content-Security-Policy", PAGE_POLICY);
    response.setHeader("Cache-Control", file.cacheControl());
    response.setHeader("ETag", file.tag());
    if (file.isKnownTo(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    // Here and not left to the server, of which one would not do it over HTTP/2.
    response.addHeader("Vary", "Accept-Encoding");
    Optional<byte[]> packed = file.packedFor(request.getHeader("Accept-Encoding"));
    if (packed.isPresent()) {
      response.setHeader("Content-Encoding", "gzip");
    }
    byte[] content = packed.orElseGet(file::content);
    response.setContentType(file.contentType());
    response.setContentLength(content.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(content);
    }
  }

  private static Optional<ConsoleFile> find(String path, HttpServletRequest request)
      throws IOException {
    try (InputStream content = request.getServletContext().getResourceAsStream(path)) {
      return content == null
          ? Optional.empty()
          : Optional.of(new ConsoleFile(path, shipped(path, content.readAllBytes())));
    }
  }

  private static byte[] shipped(String path, byte[] content) {
    boolean isOurs = path.endsWith(".js") && !ConsolePaths.isReleased(path);
    return isOurs ? Script.forBrowsers(content) : content;
  }

  private static boolean isReading(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }
}
