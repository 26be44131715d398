// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that do not lead to the open internet, after the special-purpose registries of IANA.
 * IPv4 written as IPv6 is IPv4 by the time it comes here; what embeds IPv4 in other ways counts as
 * reserved, because it may lead anywhere.
 */
final class SpecialAddresses {
  private SpecialAddresses() {}

  /** What an address is instead of public. */
  enum Kind {
    LOOPBACK("a loopback address"),
    PRIVATE("a private address"),
    SHARED("an address shared by a provider's customers"),
    LINK_LOCAL("a link-local or metadata address"),
    MULTICAST("a multicast address"),
    UNSPECIFIED("an unspecified address"),
    RESERVED("a reserved address");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private record Range(Network network, Kind kind) {}

  /** The first that fits decides. */
  private static final List<Range> RANGES =
      List.of(
          range("0.0.0.0/8", Kind.UNSPECIFIED),
          range("10.0.0.0/8", Kind.PRIVATE),
          range("100.64.0.0/10", Kind.SHARED),
          range("127.0.0.0/8", Kind.LOOPBACK),
          // A provider's metadata service outside the link-local range.
          range("168.63.129.16", Kind.LINK_LOCAL),
          range("169.254.0.0/16", Kind.LINK_LOCAL),
          range("172.16.0.0/12", Kind.PRIVATE),
          range("192.0.0.0/24", Kind.RESERVED),
          range("192.0.2.0/24", Kind.RESERVED),
          range("192.88.99.0/24", Kind.RESERVED),
          range("192.168.0.0/16", Kind.PRIVATE),
          range("198.18.0.0/15", Kind.RESERVED),
          range("198.51.100.0/24", Kind.RESERVED),
          range("203.0.113.0/24", Kind.RESERVED),
          range("224.0.0.0/4", Kind.MULTICAST),
          range("240.0.0.0/4", Kind.RESERVED),
          range("::/128", Kind.UNSPECIFIED),
          range("::1/128", Kind.LOOPBACK),
          range("fd00:ec2::254", Kind.LINK_LOCAL),
          range("fc00::/7", Kind.PRIVATE),
          range("fe80::/10", Kind.LINK_LOCAL),
          range("fec0::/10", Kind.PRIVATE),
          range("ff00::/8", Kind.MULTICAST),
          range("2001::/23", Kind.RESERVED),
          range("2001:db8::/32", Kind.RESERVED),
          range("2002::/16", Kind.RESERVED),
          range("3fff::/20", Kind.RESERVED));

  /** All that is routed of IPv6. */
  private static final Network GLOBAL_V6 = Network.of("2000::/3");

  private static final int V6_LENGTH = 16;

  private static Range range(String network, Kind kind) {
    return new Range(Network.of(network), kind);
  }

  /** What is special about an address; empty for a public one. */
  static Optional<Kind> kind(InetAddress address) {
    for (Range range : RANGES) {
      if (range.network.contains(address)) {
        return Optional.of(range.kind);
      }
    }
    return address.getAddress().length == V6_LENGTH && !GLOBAL_V6.contains(address)
        ? Optional.of(Kind.RESERVED)
        : Optional.empty();
  }
}
