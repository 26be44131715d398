// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the log as history: the state of a run at any number, stretches of events, all events of
 * all runs. Writes nothing but checkpoints, which are a cache. Start reading at {@code RunHistory}
 * and {@code EventFeedStore}.
 */
@NullMarked
package io.macp.controlplane.log.history;

import org.jspecify.annotations.NullMarked;
