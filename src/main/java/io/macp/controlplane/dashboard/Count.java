// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

/**
 * A number with its label.
 *
 * @param label a point in time or a name
 */
record Count<T>(T label, long number) {}
