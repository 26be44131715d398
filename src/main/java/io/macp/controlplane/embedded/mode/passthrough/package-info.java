// SPDX-License-Identifier: Apache-2.0
/**
 * Modes that were registered while the runtime was running (MACP contract, sections 5.3 and 8.8):
 * the pass-through rules, and a mode under the descriptor it was registered or promoted with. Pure;
 * the registry itself is at the edge. Start reading at {@code RegisteredMode}; the table is printed
 * in docs/modes/pass-through.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.passthrough;

import org.jspecify.annotations.NullMarked;
