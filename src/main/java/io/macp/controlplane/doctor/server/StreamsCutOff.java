// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Something between cuts event streams off. */
final class StreamsCutOff implements Check<LiveSight> {
  private static final int FEW = 3;
  private static final Ailment AILMENT =
      new Ailment(
          "sse-cut-off",
          Severity.WARNING,
          new Ailment.Words(
              "Live pages reconnect again and again, or lag by seconds.",
              "Clients come back sooner than the first heartbeat was due: a proxy "
                  + "between closes connections that are silent for a shorter time.",
              "Raise the read timeout of the proxy above STREAM_SSE_HEARTBEAT_MS and "
                  + "switch its buffering off, or lower that setting."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(LiveSight sight) {
    LiveSight.Drops drops = sight.drops();
    if (drops.count() < FEW) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("count", drops.count())
            .and("longestMs", drops.longest())
            .and("heartbeatMs", drops.heartbeat())
            .and("withinMinutes", 10));
  }
}
