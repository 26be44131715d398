// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.access.Caller;
import io.macp.controlplane.access.CurrentCaller;
import java.util.Optional;

/** Whoever calls; let in until it is turned away. Thread-safe. */
final class Visitor implements CurrentCaller {
  private volatile Optional<String> refusal = Optional.empty();

  void turnAway(String why) {
    refusal = Optional.of(why);
  }

  @Override
  public Caller caller() {
    return Caller.ANONYMOUS;
  }

  @Override
  public Permit permit() {
    return () -> refusal;
  }

  @Override
  public Optional<String> requestId() {
    return Optional.empty();
  }
}
