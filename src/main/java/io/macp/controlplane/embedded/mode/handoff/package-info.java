// SPDX-License-Identifier: Apache-2.0
/**
 * The handoff mode (MACP contract, sections 8.5 and 12) and its policy rules (section 9.2). Pure;
 * reachable from outside through {@code HandoffMode} and its messages only. Start reading at {@code
 * HandoffState}; the table is printed in docs/modes/handoff.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.handoff;

import org.jspecify.annotations.NullMarked;
