// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator sees and does of the circuit breaker (control-plane contract, section 12.1): its
 * history, kept over restarts, and its reset. It decides nothing about calls. Start at {@code
 * AdminResource}.
 */
@NullMarked
package io.macp.controlplane.ops.breaker;

import org.jspecify.annotations.NullMarked;
