/**
 * Reads over REST: runs, their read models and events, and what the runtime tells of itself.
 * Changes nothing. Start at the resource of the path that you look for.
 */
@NullMarked
package io.macp.controlplane.query;

import org.jspecify.annotations.NullMarked;
