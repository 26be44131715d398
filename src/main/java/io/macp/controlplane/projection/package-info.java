// SPDX-License-Identifier: Apache-2.0
/**
 * Folds from recorded events to what anyone sees: the state of a run ({@code RunState}) and its
 * counters ({@code RunMetrics}). Pure and deterministic: no clock, no chance, no IO; the fold of
 * the whole log equals the stored state. One record a block of the state, each with its own fold
 * and tree. Start reading at {@code RunStateProjection}.
 */
@NullMarked
package io.macp.controlplane.projection;

import org.jspecify.annotations.NullMarked;
