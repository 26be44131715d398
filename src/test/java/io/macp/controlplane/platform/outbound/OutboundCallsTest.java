// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundCallsTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final byte[] BODY = "{}".getBytes(ISO_8859_1);
  private static final OutboundConfig OWN_MACHINE =
      new OutboundConfig(Set.of(), List.of(Network.of("127.0.0.0/8")), Set.of());

  /** What a server does with one connection. */
  @FunctionalInterface
  private interface Manners {
    void serve(String request, OutputStream out) throws IOException;
  }

  private static final class OneServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 8, Network.of("127.0.0.1").first());
    private final CompletableFuture<String> request = new CompletableFuture<>();

    OneServer(Manners manners) throws IOException {
      Thread.ofVirtual().start(() -> serve(manners));
    }

    private void serve(Manners manners) {
      try (Socket peer = socket.accept()) {
        byte[] some = new byte[64 * 1024];
        InputStream in = peer.getInputStream();
        String text = new String(some, 0, Math.max(0, in.read(some)), ISO_8859_1);
        request.complete(text);
        manners.serve(text, peer.getOutputStream());
      } catch (IOException e) {
        request.completeExceptionally(e);
      }
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static OneServer answering(String answer) throws IOException {
    return new OneServer((request, out) -> out.write(answer.getBytes(ISO_8859_1)));
  }

  private static SSLSocketFactory tls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static OutboundCalls calls(AddressGuard.Resolver resolver) {
    return new OutboundCalls(new AddressGuard(OWN_MACHINE, resolver), tls());
  }

  private static OutboundCalls toThisMachine() {
    return calls((host, most) -> List.of(Network.of("127.0.0.1").first()));
  }

  private static OutboundCalls.Reply post(int port, Duration timeout)
      throws AddressRefused, OutboundCalls.CallFailed {
    return toThisMachine()
        .post(
            WebAddress.parse("http://hook.example:" + port + "/in?x=1"),
            Map.of("X-One", "1"),
            BODY,
            timeout);
  }

  private static String failure(int port, Duration timeout) {
    return String.valueOf(
        catchThrowableOfType(OutboundCalls.CallFailed.class, () -> post(port, timeout))
            .getMessage());
  }

  @Test
  void connectsToTheCheckedAddressUnderTheNameThatWasGiven() throws Exception {
    try (OneServer server = answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      OutboundCalls.Reply reply = post(server.port(), SOON);

      assertThat(reply).isEqualTo(new OutboundCalls.Reply(204, Optional.empty()));
      assertThat(reply.isSuccess()).isTrue();
      assertThat(server.request.join())
          .isEqualTo(
              "POST /in?x=1 HTTP/1.1\r\nHost: hook.example:"
                  + server.port()
                  + "\r\nX-One: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    }
  }

  @Test
  void resolvesTheNameOnceSoThatAChangedAnswerChangesNothing() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    OutboundCalls calls =
        calls(
            (host, most) ->
                lookups.getAndIncrement() == 0
                    ? List.of(Network.of("127.0.0.1").first())
                    : List.of(Network.of("169.254.169.254").first()));
    try (OneServer server = answering("HTTP/1.1 200 OK\r\n\r\n")) {
      WebAddress address = WebAddress.parse("http://rebinding.example:" + server.port() + "/");

      assertThat(calls.post(address, Map.of(), BODY, SOON).status()).isEqualTo(200);
      assertThat(lookups).hasValue(1);
      assertThatThrownBy(() -> calls.post(address, Map.of(), BODY, SOON))
          .isInstanceOf(AddressRefused.class);
    }
  }

  @Test
  void triesTheNextAddressWhenOneRefuses() throws Exception {
    List<InetAddress> two =
        Arrays.asList(Network.of("127.0.0.2").first(), Network.of("127.0.0.1").first());
    try (OneServer server = answering("HTTP/1.1 200 OK\r\n\r\n")) {
      WebAddress address = WebAddress.parse("http://two.example:" + server.port() + "/");

      assertThat(calls((host, most) -> two).post(address, Map.of(), BODY, SOON).status())
          .isEqualTo(200);
    }
  }

  @Test
  void takesARedirectAsAnAnswer() throws Exception {
    try (OneServer server =
        answering("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n")) {
      assertThat(post(server.port(), SOON).isSuccess()).isFalse();
    }
  }

  @Test
  void readsWhenToComeBackAndPassesOverInterimAnswers() throws Exception {
    try (OneServer server =
        answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Slow\r\nretry-after: 7\r\n\r\nmore")) {
      assertThat(post(server.port(), SOON))
          .isEqualTo(new OutboundCalls.Reply(429, Optional.of(Duration.ofSeconds(7))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
  void refusesWhatIsNotHttp(String answer) throws Exception {
    try (OneServer server = answering(answer)) {
      assertThat(failure(server.port(), SOON)).isEqualTo("the answer was not HTTP");
    }
  }

  @Test
  void doesNotTakeInAHeadWithoutEnd() throws Exception {
    byte[] line = ("X: " + "y".repeat(1_000) + "\r\n").getBytes(ISO_8859_1);
    try (OneServer server =
        new OneServer(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
              for (int i = 0; i < 1_000_000; i++) {
                out.write(line);
              }
            })) {
      assertThat(failure(server.port(), SOON)).isEqualTo("the answer was not HTTP");
    }
  }

  @Test
  void doesNotReadABodyWithoutEnd() throws Exception {
    byte[] block = new byte[64 * 1024];
    try (OneServer server =
        new OneServer(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
              for (int i = 0; i < 1_000_000; i++) {
                out.write(block);
              }
            })) {
      assertThat(post(server.port(), SOON).status()).isEqualTo(200);
    }
  }

  @Test
  void givesUpOnAPeerThatDripsAtTheDeadline() throws Exception {
    long begin = System.nanoTime();
    try (OneServer server =
        new OneServer(
            (request, out) -> {
              for (int i = 0; i < 1_000; i++) {
                out.write('H');
                LockSupport.parkNanos(20_000_000);
              }
            })) {
      assertThat(failure(server.port(), Duration.ofMillis(300)))
          .isEqualTo("no answer within 300 ms");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    // Bound, so that the connecting side cannot be given the very same port.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(Network.of("127.0.0.1").first(), 0));

      assertThat(failure(bound.getLocalPort(), SOON)).isEqualTo("the connection was refused");
    }
  }

  @Test
  void speaksTlsOnlyWithWhoProvesItsName() throws Exception {
    try (OneServer server = answering("HTTP/1.1 200 OK\r\n\r\n")) {
      WebAddress address = WebAddress.parse("https://hook.example:" + server.port() + "/");

      assertThatThrownBy(() -> toThisMachine().post(address, Map.of(), BODY, SOON))
          .isInstanceOf(OutboundCalls.CallFailed.class)
          .hasMessageStartingWith("TLS failed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nHost: b", "ä", "\u0000"})
  void refusesHeadersThatAreNotPrintable(String value) throws Exception {
    WebAddress address = WebAddress.parse("http://hook.example/");

    assertThatThrownBy(() -> toThisMachine().post(address, Map.of("X", value), BODY, SOON))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
