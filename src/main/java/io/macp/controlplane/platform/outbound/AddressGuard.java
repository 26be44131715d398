// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.outbound.SpecialAddresses.Kind;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides where requests of our own may go: to public addresses, and to what {@code
 * OUTBOUND_ALLOWED_HOSTS} allows, on the ports of {@code OUTBOUND_ALLOWED_PORTS}. A name is refused
 * when any one of its addresses is. Thread-safe.
 */
@SharedInstance
public final class AddressGuard {
  private static final Duration LOOKUP = Duration.ofSeconds(2);

  private final OutboundConfig config;
  private final Resolver resolver;

  @Inject
  public AddressGuard(Settings settings) {
    this(OutboundConfig.read(settings), new SystemResolver());
  }

  AddressGuard(OutboundConfig config, Resolver resolver) {
    this.config = config;
    this.resolver = resolver;
  }

  /** Finds the addresses of a name. */
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> resolve(String host, Duration most) throws UnknownHostException;
  }

  /**
   * Checks an address when somebody gives it to us. One that cannot be resolved now passes: it is
   * checked again at every use.
   */
  public WebAddress check(String text) throws AddressRefused {
    WebAddress address = WebAddress.parse(text);
    try {
      admit(address, LOOKUP);
    } catch (UnknownHostException e) {
      System.getLogger(AddressGuard.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} is not resolved yet", address);
    }
    return address;
  }

  /** The addresses to connect to, each checked; never empty. */
  List<InetAddress> admit(WebAddress address, Duration most)
      throws AddressRefused, UnknownHostException {
    if (!config.ports().isEmpty() && !config.ports().contains(address.port())) {
      throw new AddressRefused("must not have a port other than those of " + OutboundConfig.PORTS);
    }
    List<InetAddress> found = resolver.resolve(address.host(), most);
    if (found.isEmpty()) {
      throw new UnknownHostException();
    }
    for (InetAddress each : found) {
      Optional<Kind> kind = SpecialAddresses.kind(each);
      if (kind.isPresent() && !isAllowed(address.serverName(), each, kind.get())) {
        throw new AddressRefused(
            "must not lead to "
                + kind.get().words()
                + " unless "
                + OutboundConfig.ALLOWED
                + " allows it");
      }
    }
    return found;
  }

  private boolean isAllowed(String name, InetAddress address, Kind kind) {
    boolean inRange = config.networks().stream().anyMatch(range -> range.contains(address));
    boolean named = config.names().contains(name);
    return switch (kind) {
      case LOOPBACK, PRIVATE, SHARED -> inRange || named;
      case LINK_LOCAL, RESERVED -> inRange;
      case MULTICAST, UNSPECIFIED -> false;
    };
  }
}
