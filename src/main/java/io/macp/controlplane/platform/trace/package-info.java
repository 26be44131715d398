// SPDX-License-Identifier: Apache-2.0
/**
 * Spans, as the server's MicroProfile Telemetry keeps them, behind one small port: what begins and
 * ends, where in a trace that is, and the headers that say so to others. Off unless OTEL_ENABLED is
 * on, and then nothing here does anything. It knows no domain word and must never fail its caller.
 * Start at {@code Tracing}; {@code GivenIds} is for spans that outlive the process.
 */
@NullMarked
package io.macp.controlplane.platform.trace;

import org.jspecify.annotations.NullMarked;
