/**
 * Threads for work that blocks for long. The platform's executors are for short tasks; this is for
 * the rest, on virtual threads that carry the application's context. Start at {@code Background}.
 */
@NullMarked
package io.macp.controlplane.platform.work;

import org.jspecify.annotations.NullMarked;
