// SPDX-License-Identifier: Apache-2.0
/**
 * The quorum mode (MACP contract, section 8.6) and the evaluation of its policy rules (sections 9.2
 * and 9.4). Pure; reachable from outside through {@code QuorumMode} and its messages only. Start
 * reading at {@code QuorumState}; the table is printed in docs/modes/quorum.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.quorum;

import org.jspecify.annotations.NullMarked;
