// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes as they are and reads the answer, one request after the other over one connection for
 * as long as the server keeps it. For one thread.
 */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final int port;
  private @Nullable Socket socket;

  RawConnection(int port) {
    this.port = port;
  }

  /** An answer; status 0 is a connection that was closed without one. */
  record RawAnswer(int status, Map<String, String> headers, String body) {
    String type() {
      return headers.getOrDefault("content-type", "");
    }
  }

  RawAnswer send(byte[] request) throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setSoTimeout(PATIENCE_MS);
      socket = open;
    }
    RawAnswer answer;
    try {
      open.getOutputStream().write(request);
      answer = read(new BufferedInputStream(open.getInputStream()));
    } catch (java.net.SocketException | EOFException e) {
      answer = new RawAnswer(0, Map.of(), String.valueOf(e.getMessage()));
    }
    boolean last = answer.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
    if (answer.status() == 0 || last || answer.type().contains("event-stream")) {
      close();
    }
    return answer;
  }

  private static RawAnswer read(InputStream input) throws IOException {
    String[] status = line(input).split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "");
    }
    int code = Integer.parseInt(status[1]);
    return new RawAnswer(code, headers, new String(body(code, headers, input), UTF_8));
  }

  private static byte[] body(int code, Map<String, String> headers, InputStream input)
      throws IOException {
    String type = headers.getOrDefault("content-type", "");
    if (code == 204 || code == 304 || type.contains("event-stream")) {
      return new byte[0];
    }
    String length = headers.get("content-length");
    if (length != null) {
      return input.readNBytes(Integer.parseInt(length));
    }
    return headers.containsKey("transfer-encoding") ? chunks(input) : input.readAllBytes();
  }

  private static byte[] chunks(InputStream input) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(input).split(";", 2)[0].strip(), 16);
      all.write(input.readNBytes(size));
      line(input);
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = input.read(); one != '\n'; one = input.read()) {
      if (one < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(one);
    }
    return line.toString(ISO_8859_1).replace("\r", "");
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
