// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.context.Context;
import java.util.Map;

/**
 * Where in a trace something happens: the span that what follows is part of.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param flags of the W3C trace context; 1 when the trace is kept
 * @param state what others added to the trace, the W3C trace state
 */
public record Place(String traceId, String spanId, int flags, Map<String, String> state) {
  public Place {
    state = Map.copyOf(state);
  }

  static Place of(SpanContext context) {
    return new Place(
        context.getTraceId(),
        context.getSpanId(),
        context.isSampled() ? KEPT : DROPPED,
        context.getTraceState().asMap());
  }

  /** A place of a trace that nobody else added anything to. */
  public Place(String traceId, String spanId, int flags) {
    this(traceId, spanId, flags, Map.of());
  }

  /** Another span of the same trace. */
  public Place at(String otherSpanId) {
    return new Place(traceId, otherSpanId, flags, state);
  }

  /** The trace is kept. */
  public static final int KEPT = 1;

  /** Whoever began the trace, or the sampler, does not want to see it. */
  public static final int DROPPED = 0;

  /** Whether spans of this trace are kept. */
  public boolean isKept() {
    return (flags & KEPT) != 0;
  }

  Context context() {
    TraceFlags given = isKept() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    TraceStateBuilder told = TraceState.builder();
    state.forEach(told::put);
    SpanContext parent = SpanContext.createFromRemoteParent(traceId, spanId, given, told.build());
    return Context.root().with(Span.wrap(parent));
  }
}
