/**
 * Things with no domain word in their name: settings, JSON, error codes and problems, ids and the
 * clock. Usable by every edge package and by no pure one; it must stay readable in one sitting.
 * Start at {@code Settings} for configuration and {@code ErrorCode} for what clients see.
 */
@NullMarked
package io.macp.controlplane.platform;

import org.jspecify.annotations.NullMarked;
