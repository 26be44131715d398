// SPDX-License-Identifier: Apache-2.0
/**
 * The task mode (MACP contract, section 8.4) and the evaluation of its policy rules (section 9.4).
 * Pure; reachable from outside through {@code TaskMode} and its messages only. Start reading at
 * {@code TaskState}; the table is printed in docs/modes/task.md.
 */
@NullMarked
package io.macp.controlplane.embedded.mode.task;

import org.jspecify.annotations.NullMarked;
