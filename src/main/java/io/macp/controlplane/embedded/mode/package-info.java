// SPDX-License-Identifier: Apache-2.0
/**
 * What a coordination mode is to the kernel: a value that describes itself, opens a state, and
 * whose states judge and absorb messages. Pure; each mode has its own package below this one. Start
 * reading at {@code Mode}.
 */
@NullMarked
package io.macp.controlplane.embedded.mode;

import org.jspecify.annotations.NullMarked;
