// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.server.DatabaseSight.Pool;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Reads the figures of the connection pool from the server's own management bean, which answers
 * without taking a connection. A server that has none gives none.
 */
final class PoolFigures {
  private static final String NAME =
      "WebSphere:type=com.ibm.ws.jca.cm.mbean.ConnectionManagerMBean,jndiName=jdbc/macp,*";

  private PoolFigures() {}

  static Optional<Pool> read() {
    return read(ManagementFactory.getPlatformMBeanServer());
  }

  static Optional<Pool> read(MBeanServer beans) {
    try {
      for (ObjectName name : beans.queryNames(new ObjectName(NAME), null)) {
        Object contents = beans.invoke(name, "showPoolContents", new Object[0], new String[0]);
        return parse(String.valueOf(contents));
      }
      return Optional.empty();
    } catch (JMException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Of lines {@code name=number}; everything else is left aside. */
  static Optional<Pool> parse(String contents) {
    Map<String, Integer> figures = new HashMap<>();
    for (String line : contents.lines().toList()) {
      int equals = line.indexOf('=');
      String value = line.substring(equals + 1).strip();
      if (equals > 0 && value.matches("[0-9]{1,9}")) {
        figures.putIfAbsent(line.substring(0, equals).strip(), Integer.parseInt(value));
      }
    }
    return figures.keySet().containsAll(java.util.List.of("size", "waiting", "available"))
        ? Optional.of(
            new Pool(
                figures.getOrDefault("maxPoolSize", 0),
                figures.getOrDefault("size", 0),
                figures.getOrDefault("available", 0),
                figures.getOrDefault("waiting", 0)))
        : Optional.empty();
  }
}
