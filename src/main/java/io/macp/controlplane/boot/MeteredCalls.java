// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.runtime.RuntimeCallListener;
import java.time.Duration;

/** Counts what the runtime client does. Thread-safe. */
final class MeteredCalls implements RuntimeCallListener {
  private final Meters meters;

  MeteredCalls(Meters meters) {
    this.meters = meters;
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
