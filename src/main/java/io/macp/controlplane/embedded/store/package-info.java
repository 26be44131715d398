// SPDX-License-Identifier: Apache-2.0
/**
 * All SQL of the embedded runtime, in the schema {@code macp_runtime}: the accepted log with its
 * group commit, and the registered policies. Knows no wire classes and decides nothing. Start
 * reading at {@code SessionLogStore}.
 */
@NullMarked
package io.macp.controlplane.embedded.store;

import org.jspecify.annotations.NullMarked;
