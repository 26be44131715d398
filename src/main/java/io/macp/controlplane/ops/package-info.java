// SPDX-License-Identifier: Apache-2.0
/**
 * Running the product: start-up checks, health, readiness, the ordered stop, what the operator sees
 * on the console. Holds no domain rules and changes no run. Parts of the product join through
 * {@code ReadinessPart} and {@code Stoppable}. Start reading at {@code Startup}.
 */
@NullMarked
package io.macp.controlplane.ops;

import org.jspecify.annotations.NullMarked;
