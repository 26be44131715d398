// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.MemorySight;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.platform.SharedInstance;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;

/** Looks at the heap. Thread-safe. */
@SharedInstance
final class MemorySource implements Source {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> look() {
    long used =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(MemorySource::afterCollection)
            .sum();
    long collecting =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    return Check.all(
        ServerChecks.MEMORY,
        new MemorySight(
            used,
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax(),
            Duration.ofMillis(Math.max(0, collecting)),
            Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())));
  }

  private static long afterCollection(MemoryPoolMXBean pool) {
    return pool.isCollectionUsageThresholdSupported() ? pool.getCollectionUsage().getUsed() : 0;
  }
}
