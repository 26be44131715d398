// SPDX-License-Identifier: Apache-2.0
/**
 * What a policy would have said about a recorded session: canonical events and a policy in, a
 * verdict for every commitment out. Feeds the kernel of the embedded runtime with what the log says
 * was accepted, on whatever runtime that was. Pure: nothing is read or written here; the endpoint
 * is in {@code simulate.edge}. Start reading at {@code Simulation}.
 */
@NullMarked
package io.macp.controlplane.simulate;

import org.jspecify.annotations.NullMarked;
