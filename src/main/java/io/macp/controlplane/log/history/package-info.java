// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the log of a run as history: its state at any number, and everything that is stored of it.
 * Writes nothing but checkpoints, which are a cache. Start reading at {@code RunHistory}.
 */
@NullMarked
package io.macp.controlplane.log.history;

import org.jspecify.annotations.NullMarked;
