// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.util.Map;

/** What every Prometheus client shows of its process, under the usual names. */
final class ProcessFacts {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private ProcessFacts() {}

  static void show(Board board) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    board.gauge("process_start_time_seconds", Map.of(), () -> runtime.getStartTime() / MILLIS);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean process) {
      board.gauge("process_cpu_seconds_total", Map.of(), () -> process.getProcessCpuTime() / NANOS);
    }
    if (system instanceof com.sun.management.UnixOperatingSystemMXBean files) {
      board.gauge("process_open_fds", Map.of(), () -> (double) files.getOpenFileDescriptorCount());
      board.gauge("process_max_fds", Map.of(), () -> (double) files.getMaxFileDescriptorCount());
    }
  }
}
