// SPDX-License-Identifier: Apache-2.0
/**
 * The proposal mode (MACP contract, section 8.3) and the evaluation of its policy rules (section
 * 9.4). Pure; reachable from outside through {@code ProposalMode} and its messages only. Start
 * reading at {@code ProposalState}; the table is printed in docs/modes/proposal.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.proposal;

import org.jspecify.annotations.NullMarked;
