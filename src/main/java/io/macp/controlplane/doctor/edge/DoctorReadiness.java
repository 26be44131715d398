// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.ops.ReadinessPart;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Names what the doctor found, for whoever reads {@code /readyz}. Makes nothing unready by itself:
 * the other parts decide that. The answer may be some seconds old, so that probes, which anybody
 * may send, do not keep the doctor busy. Thread-safe.
 */
@SharedInstance
final class DoctorReadiness implements ReadinessPart {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Doctor doctor;
  private final Background background;
  private volatile @Nullable Report last;
  private @Nullable FutureTask<Report> underWay;
  private long begun;

  @Inject
  DoctorReadiness(Doctor doctor, Background background) {
    this.doctor = doctor;
    this.background = background;
  }

  @Override
  public String name() {
    return "diagnostics";
  }

  @Override
  public Finding check() {
    try {
      last = examination().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What was found before is told then, if anything was.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return shown(last);
  }

  @Override
  public Finding unanswered() {
    return shown(null);
  }

  private static Finding shown(@Nullable Report report) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("status", report == null ? "unknown" : report.status());
    if (report != null) {
      shown.put(
          "findings", report.findings().stream().map(finding -> finding.ailment().id()).toList());
    }
    return new Finding(true, shown);
  }

  /** The one that is under way or good still. */
  private synchronized FutureTask<Report> examination() {
    FutureTask<Report> known = underWay;
    if (known != null && System.nanoTime() - begun < KEPT.toNanos()) {
      return known;
    }
    FutureTask<Report> next = new FutureTask<>(doctor::examine);
    underWay = next;
    begun = System.nanoTime();
    background.start(next);
    return next;
  }
}
