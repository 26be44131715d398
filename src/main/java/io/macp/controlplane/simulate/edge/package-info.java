// SPDX-License-Identifier: Apache-2.0
/**
 * {@code POST /runtime/policies/simulate}: takes the request apart, finds the policy and the
 * events, and answers with what the pure package found. Writes nothing. Start reading at {@code
 * SimulateResource}.
 */
@NullMarked
package io.macp.controlplane.simulate.edge;

import org.jspecify.annotations.NullMarked;
