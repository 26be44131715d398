// SPDX-License-Identifier: Apache-2.0
/**
 * Counts over the whole log that need no look at it. The folding and the reading of the counts are
 * functions of the database (migration 21), so that a count is of one moment; the feed and the
 * dashboard read them. Changes nothing of the log. Start at {@code TallyStore}.
 */
@NullMarked
package io.macp.controlplane.log.tally;

import org.jspecify.annotations.NullMarked;
