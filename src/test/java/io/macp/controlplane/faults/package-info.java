// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that may go wrong around the packaged server, by name, and what it is struck by while
 * agents talk and subscribers listen. Judges by the history alone: what was acknowledged, stored
 * and received. Start reading at {@link io.macp.controlplane.faults.Fault}.
 */
@NullMarked
package io.macp.controlplane.faults;

import org.jspecify.annotations.NullMarked;
