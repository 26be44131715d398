// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Subscribers who behave badly, two hundred at once. The server lets all of them go again. */
final class Bystanders {
  private static final int CROWD = 200;
  private static final int SMALL_BUFFER = 2_048;

  /** More than the two megabytes and a half that the machine takes for whoever does not read. */
  private static final int MESSAGES = 180;

  private static final int LENGTH = 8_000;

  private Bystanders() {}

  /** They ask for a long history and never read any of it. */
  static void stall(Scene scene, Talks talks) {
    List<Socket> sockets = opened(scene, talks.speech(MESSAGES, LENGTH));
    awaitForgotten(scene, talks);
    closed(sockets);
  }

  /** They are gone before they have read anything. */
  static void vanish(Scene scene, Talks talks) {
    closed(opened(scene, talks.speech(1, 1)));
    awaitForgotten(scene, talks);
  }

  private static void awaitForgotten(Scene scene, Talks talks) {
    Scene.await(
        () -> "nobody but " + talks.listeners() + " is served, but " + scene.subscribers(),
        () -> scene.subscribers() <= talks.listeners());
  }

  private static List<Socket> opened(Scene scene, UUID run) {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      sockets.add(opened(scene.server(), run));
    }
    Scene.await(
        () -> CROWD + " subscribers are served, but only " + scene.subscribers(),
        () -> scene.subscribers() >= CROWD);
    return sockets;
  }

  private static Socket opened(LibertyServer server, UUID run) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(SMALL_BUFFER);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String path = "/runs/" + run + "/stream?includeSnapshot=false&afterSeq=1&heartbeatMs=1000";
      String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a farewell: what is unread is answered by a reset. */
  private static void closed(List<Socket> sockets) {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
