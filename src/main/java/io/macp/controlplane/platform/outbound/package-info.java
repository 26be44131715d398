// SPDX-License-Identifier: Apache-2.0
/**
 * Requests of our own to servers that somebody else named. Every address is resolved once, checked,
 * and connected to exactly as checked; answers cost a bounded time and memory. Knows no domain
 * word. Start at {@code OutboundCalls}, and at {@code SpecialAddresses} for what is refused.
 */
@NullMarked
package io.macp.controlplane.platform.outbound;

import org.jspecify.annotations.NullMarked;
