// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.demo.Demo;
import io.macp.controlplane.ops.Stoppable;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.time.Duration;

/** Ends the demos before what they speak to. */
@SharedInstance
final class DemoStop implements Stoppable {
  private final Demo demo;

  @Inject
  DemoStop(Demo demo) {
    this.demo = demo;
  }

  @Override
  public int order() {
    return 50;
  }

  @Override
  public void stop(Duration bound) {
    demo.end();
  }
}
