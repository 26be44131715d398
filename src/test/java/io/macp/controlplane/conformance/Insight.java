// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What only our own runtime can tell about a session. */
public interface Insight {
  /** The state in its mode, in the form of section 8.9. */
  Map<String, @Nullable Object> modeState(String sessionId);

  /** Message ids that were accepted. */
  Set<String> acceptedIds(String sessionId);

  /** Whether the session that is rebuilt from the stored log equals the one in memory. */
  boolean replaysEqually(String sessionId);
}
