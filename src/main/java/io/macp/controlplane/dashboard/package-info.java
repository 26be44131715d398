// SPDX-License-Identifier: Apache-2.0
/**
 * What the console shows of all runs together (control-plane contract, sections 10.2 and 10.3): key
 * figures, charts, newest runs, agents. Reads only. Spans and figures are pure, SQL is in the two
 * stores, which bound every query by time. Start at {@code DashboardResource}.
 */
@NullMarked
package io.macp.controlplane.dashboard;

import org.jspecify.annotations.NullMarked;
