// SPDX-License-Identifier: Apache-2.0
/**
 * How long things are kept (control-plane contract, section 7.5): settings, and the loop that has
 * old things deleted. What is deleted and how is the ledger's matter. Start at {@code Retention}.
 */
@NullMarked
package io.macp.controlplane.retention;

import org.jspecify.annotations.NullMarked;
