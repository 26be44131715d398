// SPDX-License-Identifier: Apache-2.0
/**
 * Brings the database up: starts the embedded one when none is configured, migrates, tells whether
 * it answers, and keeps trying when it does not. Knows no domain table and never logs a password.
 * Start reading at {@code DatabaseGate}.
 */
@NullMarked
package io.macp.controlplane.ops.database;

import org.jspecify.annotations.NullMarked;
