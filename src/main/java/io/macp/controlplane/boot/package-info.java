/**
 * Puts the parts together when the database is ready and takes them apart at the end: runtime,
 * connection, observation, streams. It knows every part and no part knows it. Start at {@code
 * Boot}.
 */
@NullMarked
package io.macp.controlplane.boot;

import org.jspecify.annotations.NullMarked;
