// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of the log: raw facts as received, canonical events, and the {@code Normalizer}
 * that turns the first into the second. Pure: the JDK alone, no clock, no IO, no logging. Start
 * reading at {@code CanonicalEvent}.
 */
@NullMarked
package io.macp.controlplane.event;

import org.jspecify.annotations.NullMarked;
