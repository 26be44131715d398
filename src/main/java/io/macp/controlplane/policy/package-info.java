// SPDX-License-Identifier: Apache-2.0
/**
 * Registers and removes policies at the runtime for callers (control-plane contract, section 3.12).
 * It keeps nothing itself and changes no run. Start at {@code PolicyResource}; the checks that need
 * no runtime are in {@code PolicyRules}.
 */
@NullMarked
package io.macp.controlplane.policy;

import org.jspecify.annotations.NullMarked;
