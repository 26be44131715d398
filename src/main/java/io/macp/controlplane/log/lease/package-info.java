// SPDX-License-Identifier: Apache-2.0
/**
 * Which instances are there and which of them follows a run: the table {@code instances} and the
 * columns {@code owner} and {@code fence} of {@code runs} (ADR 11). It changes nothing else of a
 * run and decides nothing. Start reading at {@code LeaseStore}.
 */
@NullMarked
package io.macp.controlplane.log.lease;

import org.jspecify.annotations.NullMarked;
