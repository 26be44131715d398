// SPDX-License-Identifier: Apache-2.0
/**
 * What requests of our own to other servers share: bounds on what an answer may cost. Knows no
 * domain word and starts no request itself. Start at {@code BoundedBody}.
 */
@NullMarked
package io.macp.controlplane.platform.outbound;

import org.jspecify.annotations.NullMarked;
