// SPDX-License-Identifier: Apache-2.0
/**
 * The trace of a run: which span a run is, from its creation to its end and over restarts, and what
 * is part of it. It knows runs and the port of {@code platform.trace} only, decides nothing and
 * writes nothing. Start at {@code RunTraces}; {@code docs/operate/observability.md} has the
 * picture.
 */
@NullMarked
package io.macp.controlplane.tracing;

import org.jspecify.annotations.NullMarked;
