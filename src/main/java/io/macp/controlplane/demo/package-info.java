// SPDX-License-Identifier: Apache-2.0
/**
 * Runs to look at: scripted agents that speak to the embedded runtime as any agent would, over gRPC
 * and with an identity of their own. It never reaches into the runtime's kernel, and it changes a
 * run only by opening it through the ledger. Start at {@code Demo}, then read {@code Agent}.
 */
@NullMarked
package io.macp.controlplane.demo;

import org.jspecify.annotations.NullMarked;
