// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.ops.breaker.BreakerHistory;
import io.macp.controlplane.runtime.RuntimeCallListener;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import java.time.Duration;

/** Counts what the runtime client does, and keeps what its breaker does. Thread-safe. */
final class MeteredCalls implements RuntimeCallListener {
  private final Meters meters;
  private final BreakerHistory history;

  MeteredCalls(Meters meters, BreakerHistory history) {
    this.meters = meters;
    this.history = history;
  }

  @Override
  public void breakerEntered(CircuitBreaker.Entry entry) {
    history.entered(entry);
  }

  @Override
  public void callFinished(String method, Outcome outcome, Duration took) {
    meters.grpcCall(
        method,
        switch (outcome) {
          case OK -> Meters.Outcome.OK;
          case ERROR -> Meters.Outcome.ERROR;
        },
        took);
  }

  @Override
  public void breakerSuccess() {
    meters.breakerSuccess();
  }

  @Override
  public void breakerFailure() {
    meters.breakerFailure();
  }

  @Override
  public void streamOpened() {
    meters.runtimeStreamOpened();
  }

  @Override
  public void streamClosed() {
    meters.runtimeStreamClosed();
  }
}
