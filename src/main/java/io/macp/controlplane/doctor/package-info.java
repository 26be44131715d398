// SPDX-License-Identifier: Apache-2.0
/**
 * Finds what is wrong, says why, and what to do about it. The registry and what checks are made of:
 * pure, the JDK alone. Checks of the installation are in {@code server}, of one run in {@code run};
 * what they look at is gathered in {@code edge}. Start at {@code Check}.
 */
@NullMarked
package io.macp.controlplane.doctor;

import org.jspecify.annotations.NullMarked;
