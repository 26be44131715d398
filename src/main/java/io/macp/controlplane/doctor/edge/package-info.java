// SPDX-License-Identifier: Apache-2.0
/**
 * Gathers what the checks of the doctor look at, each within bounds, and tells what they find
 * ({@code GET /diagnostics}, {@code GET /runs/:id/diagnosis}, {@code /readyz}). Changes nothing and
 * decides nothing. Start at {@code Doctor}.
 */
@NullMarked
package io.macp.controlplane.doctor.edge;

import org.jspecify.annotations.NullMarked;
