// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.outbound;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses may be called although they are not public, and on which ports.
 *
 * @param names host names that may be private, shared or loopback
 * @param networks ranges whose addresses may be anything but multicast or unspecified
 * @param ports the ports that may be called; empty for all
 */
public record OutboundConfig(Set<String> names, List<Network> networks, Set<Integer> ports) {
  static final String PORTS = "OUTBOUND_ALLOWED_PORTS";
  static final String ALLOWED = "OUTBOUND_ALLOWED_HOSTS";

  /** While only this machine can call us, we may call this machine. */
  private static final List<String> OWN_MACHINE = List.of("127.0.0.0/8", "::1");

  public OutboundConfig {
    names = Set.copyOf(names);
    networks = List.copyOf(networks);
    ports = Set.copyOf(ports);
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when an item is neither a host name nor an address nor a range, or is no
   *     port
   */
  public static OutboundConfig read(Settings settings) {
    List<String> items =
        settings.find(ALLOWED).isEmpty() && isDevelopedOn(settings)
            ? OWN_MACHINE
            : settings.list(ALLOWED);
    Set<String> names = new LinkedHashSet<>();
    List<Network> networks = new ArrayList<>();
    for (String item : items) {
      String name = item.toLowerCase(Locale.ROOT);
      Network.find(item).ifPresentOrElse(networks::add, () -> names.add(name(name)));
    }
    return new OutboundConfig(names, networks, ports(settings));
  }

  private static Set<Integer> ports(Settings settings) {
    Set<Integer> ports = new LinkedHashSet<>();
    for (String item : settings.list(PORTS)) {
      int port = item.matches("[0-9]{1,5}") ? Integer.parseInt(item) : 0;
      if (port < 1 || port > WebAddress.MAX_PORT) {
        throw new InvalidSetting(
            PORTS, "must hold numbers from 1 to 65535, but has '" + item + "'");
      }
      ports.add(port);
    }
    return ports;
  }

  private static boolean isDevelopedOn(Settings settings) {
    return Stage.of(settings) == Stage.DEVELOPMENT && settings.list("AUTH_API_KEYS").isEmpty();
  }

  private static String name(String item) {
    if (!item.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") || item.matches("[0-9.]+")) {
      throw new InvalidSetting(
          ALLOWED,
          "must hold host names, addresses and ranges such as 10.0.0.0/8, but has '" + item + "'");
    }
    return item;
  }
}
