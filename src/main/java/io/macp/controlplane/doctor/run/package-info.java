// SPDX-License-Identifier: Apache-2.0
/**
 * What can be wrong with one run: why it does not move, and why it failed. Pure; must not gather
 * anything by itself. Start at {@code RunChecks}.
 */
@NullMarked
package io.macp.controlplane.doctor.run;

import org.jspecify.annotations.NullMarked;
