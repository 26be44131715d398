// SPDX-License-Identifier: Apache-2.0
/**
 * The optional initiator mode: what the control plane says itself, kept before it is said and
 * settled with the answer (control-plane contract, section 6.3). Decides nothing about when to
 * speak; that is for the ways in. Off unless the operator turns it on. Start at {@code Initiator}.
 */
@NullMarked
package io.macp.controlplane.initiator;

import org.jspecify.annotations.NullMarked;
