// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Settings;

/** A hub for tests of those who ask it, without streams. */
public final class TestHub {
  private TestHub() {}

  /** Nobody reads from it. */
  public static StreamHub idle(Settings settings) {
    return new StreamHub(settings, meters(), new Visitor());
  }

  /** Nobody looks at them. */
  public static Meters meters() {
    return new Meters(new RunReaderIT.NoBoard());
  }
}
