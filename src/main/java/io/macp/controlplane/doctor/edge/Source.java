// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Finding;
import java.util.List;

/**
 * Looks at one side of the installation and lets its checks decide. May block and may fail: whoever
 * asks gives it a thread and does not wait for long. Safe for many threads.
 */
interface Source {
  /** What it looks at, in a word. */
  String name();

  /** What is wrong there. */
  List<Finding> look();
}
