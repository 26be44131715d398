// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to addresses that somebody else named. A name is resolved once, every address is checked,
 * and the connection goes to a checked address under the original name, so that {@code Host}, TLS
 * name and certificate check are those of the name. Redirects are answers like any other, proxies
 * are not used, the body of an answer is not read. Thread-safe; blocks.
 */
@SharedInstance
public final class OutboundCalls {
  private final AddressGuard guard;
  private final SSLSocketFactory tls;

  @Inject
  public OutboundCalls(AddressGuard guard) throws NoSuchAlgorithmException {
    this(guard, SSLContext.getDefault().getSocketFactory());
  }

  OutboundCalls(AddressGuard guard, SSLSocketFactory tls) {
    this.guard = guard;
    this.tls = tls;
  }

  /**
   * What came back.
   *
   * @param status the HTTP status, 200 to 999
   * @param retryAfter when the server wants to be asked again, if it said so in seconds
   */
  public record Reply(int status, Optional<Duration> retryAfter) {
    public boolean isSuccess() {
      return status >= 200 && status <= 299;
    }
  }

  /** No answer came; the message says why, in a few words of ours. */
  public static final class CallFailed extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CallFailed(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Posts a body and waits for the head of the answer.
   *
   * @param headers beside those that every request has; checked to be printable
   * @param timeout for all of it: lookup, connection, TLS, sending, waiting
   */
  public Reply post(WebAddress to, Map<String, String> headers, byte[] body, Duration timeout)
      throws AddressRefused, CallFailed {
    long deadline = System.nanoTime() + timeout.toNanos();
    byte[] request = Wire.request(to, headers, body);
    try {
      return post(to, guard.admit(to, timeout), request, deadline);
    } catch (UnknownHostException e) {
      throw new CallFailed("the host name could not be resolved");
    } catch (IOException e) {
      throw new CallFailed(
          System.nanoTime() - deadline >= 0
              ? "no answer within " + timeout.toMillis() + " ms"
              : words(e));
    }
  }

  private Reply post(WebAddress to, List<InetAddress> addresses, byte[] request, long deadline)
      throws IOException {
    IOException last = new ConnectException();
    for (InetAddress address : addresses) {
      try (PinnedConnection connection = PinnedConnection.to(address, to, deadline)) {
        connection.open(tls);
        return connection.exchange(request);
      } catch (ConnectException e) {
        last = e;
      }
    }
    throw last;
  }

  private static String words(IOException e) {
    return switch (e) {
      case ConnectException c -> "the connection was refused";
      case SSLException s -> "TLS failed: the certificate or the protocol was not accepted";
      case Wire.Malformed m -> "the answer was not HTTP";
      default -> "the connection broke";
    };
  }
}
