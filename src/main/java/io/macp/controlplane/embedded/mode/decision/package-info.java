// SPDX-License-Identifier: Apache-2.0
/**
 * The decision mode (MACP contract, section 8.2) and the evaluation of its policy rules (section
 * 9.4). Pure; reachable from outside through {@code DecisionMode} and its messages only. Start
 * reading at {@code DecisionState}; the table is printed in docs/modes/decision.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.decision;

import org.jspecify.annotations.NullMarked;
