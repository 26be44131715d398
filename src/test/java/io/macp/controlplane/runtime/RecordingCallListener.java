// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears, without the durations. Thread-safe. */
final class RecordingCallListener implements RuntimeCallListener {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void callFinished(String method, Outcome outcome, Duration took) {
    heard.add(method + " " + outcome + (took.isNegative() ? " negative" : ""));
  }

  @Override
  public void breakerSuccess() {
    heard.add("breaker success");
  }

  @Override
  public void breakerFailure() {
    heard.add("breaker failure");
  }

  @Override
  public void streamOpened() {
    heard.add("stream opened");
  }

  @Override
  public void streamClosed() {
    heard.add("stream closed");
  }
}
