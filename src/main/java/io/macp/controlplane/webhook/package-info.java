// SPDX-License-Identifier: Apache-2.0
/**
 * Tells other servers of runs (control-plane contract, section 11): subscriptions, deliveries
 * written in the transaction that changes the run, and their dispatch in order, signed, at least
 * once. It changes no run. Start at {@code WebhookOutbox}, then {@code Dispatcher}.
 */
@NullMarked
package io.macp.controlplane.webhook;

import org.jspecify.annotations.NullMarked;
