// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.LogEntry;

/**
 * A log entry on its way into the database.
 *
 * @param sessionId whose log it enters
 * @param position its place in that log, from 1
 * @param ordinal its place among the delivered envelopes, from 1; ignored for the runtime's notes
 * @param entry what happened
 * @param ends whether the session is terminal with it
 */
public record PendingEntry(
    String sessionId, long position, long ordinal, LogEntry entry, boolean ends) {}
