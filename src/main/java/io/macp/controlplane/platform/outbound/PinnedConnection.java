// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to one checked address. A watchdog closes it at the deadline, since a peer that
 * drips bytes never runs into the timeout of a single read. For one thread.
 */
final class PinnedConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PinnedConnection.class.getName());
  private static final int DRAIN_MILLIS = 100;
  private static final int MOST_DRAINED = 64 * 1024;

  private final InetAddress address;
  private final WebAddress to;
  private final long deadline;
  private final Socket plain = new Socket(Proxy.NO_PROXY);
  private final CountDownLatch done = new CountDownLatch(1);
  private Socket socket = plain;

  private PinnedConnection(InetAddress address, WebAddress to, long deadline) {
    this.address = address;
    this.to = to;
    this.deadline = deadline;
  }

  static PinnedConnection to(InetAddress address, WebAddress to, long deadline) {
    return new PinnedConnection(address, to, deadline);
  }

  void open(SSLSocketFactory tls) throws IOException {
    Thread.ofVirtual().name("outbound-deadline").start(this::closeAtDeadline);
    int most = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    plain.connect(new InetSocketAddress(address, to.port()), most);
    if (to.secure()) {
      SSLSocket secure =
          (SSLSocket) tls.createSocket(plain, to.serverName(), to.port(), /* autoClose= */ true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      socket = secure;
    }
  }

  OutboundCalls.Reply exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    InputStream answer = new BufferedInputStream(socket.getInputStream());
    Wire.Head head = Wire.head(answer);
    drain(answer);
    return new OutboundCalls.Reply(head.status(), head.retryAfter());
  }

  /**
   * Closing on unread bytes would look like an abort to the server; few and soon, or not at all.
   */
  private void drain(InputStream answer) {
    try {
      socket.setSoTimeout(DRAIN_MILLIS);
      answer.skipNBytes(MOST_DRAINED);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.TRACE, "the answer ended here");
    }
  }

  private void closeAtDeadline() {
    try {
      if (!done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        plain.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection that was too slow did not close", e);
    }
  }

  /** Without a farewell of TLS, for which a peer could let us wait. */
  @Override
  public void close() throws IOException {
    done.countDown();
    plain.close();
  }
}
