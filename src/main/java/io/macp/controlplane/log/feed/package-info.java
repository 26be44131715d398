// SPDX-License-Identifier: Apache-2.0
/**
 * The events of all runs as one feed, with cursors that neither skip nor repeat while others write.
 * Writes nothing. Start reading at {@code EventFeedStore}.
 */
@NullMarked
package io.macp.controlplane.log.feed;

import org.jspecify.annotations.NullMarked;
