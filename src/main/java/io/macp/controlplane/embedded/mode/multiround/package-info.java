// SPDX-License-Identifier: Apache-2.0
/**
 * The extension mode that iterates until all participants say the same (MACP contract, section
 * 8.7). Pure; reachable from outside through {@code MultiRoundMode} and its message only. Start
 * reading at {@code MultiRoundState}; the table is printed in docs/modes/multi-round.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.multiround;

import org.jspecify.annotations.NullMarked;
