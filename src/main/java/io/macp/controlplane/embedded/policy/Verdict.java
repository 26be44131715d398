// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.List;

/**
 * What a policy says about one commitment.
 *
 * @param allowed whether the commitment may resolve the session
 * @param reasons every reason for the no, or what carried the yes
 */
public record Verdict(boolean allowed, List<String> reasons) {
  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /** A yes. */
  public static Verdict allow(List<String> reasons) {
    return new Verdict(true, reasons);
  }

  /** A no, with all its reasons. */
  public static Verdict deny(List<String> reasons) {
    return new Verdict(false, reasons);
  }
}
