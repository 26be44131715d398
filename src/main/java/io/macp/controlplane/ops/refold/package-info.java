// SPDX-License-Identifier: Apache-2.0
/**
 * Brings read models up to date that earlier releases have stored. Only asks the ledger, which does
 * it; must not fold or write anything itself. Start at {@code Refold}.
 */
@NullMarked
package io.macp.controlplane.ops.refold;

import org.jspecify.annotations.NullMarked;
