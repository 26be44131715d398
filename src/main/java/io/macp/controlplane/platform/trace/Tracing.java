// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The product's spans. What is begun here is part of what its thread is at; where a thread is at
 * nothing, nothing is begun, so that traces begin with a request or a run and with nothing else.
 * Costs one look at a flag while tracing is off. Thread-safe; no call fails but by the work given.
 */
@SharedInstance
public final class Tracing {
  /** The setting that turns tracing on. */
  public static final String SETTING = "OTEL_ENABLED";

  private static final String SCOPE = "io.macp.controlplane";

  private final boolean on;
  private final Tracer tracer;

  /** With the telemetry of the server, if it is wanted. */
  @Inject
  Tracing(Settings settings, Instance<OpenTelemetry> telemetry) {
    this.on = isOn(settings);
    this.tracer = (on ? telemetry.get() : OpenTelemetry.noop()).getTracer(SCOPE);
  }

  /** With the given telemetry. */
  public Tracing(OpenTelemetry telemetry) {
    this.on = true;
    this.tracer = telemetry.getTracer(SCOPE);
  }

  private Tracing() {
    this.on = false;
    this.tracer = OpenTelemetry.noop().getTracer(SCOPE);
  }

  /** No spans at all. */
  public static Tracing off() {
    return new Tracing();
  }

  /** Whether the settings ask for spans. */
  public static boolean isOn(Settings settings) {
    return settings.flag(SETTING, Settings.Switch.OFF);
  }

  /** Whether there are spans. */
  public boolean isOn() {
    return on;
  }

  /** What this thread is at. */
  public Optional<Place> here() {
    return on ? current() : Optional.empty();
  }

  /** What this thread is at, whoever asks. */
  public static Optional<Place> current() {
    SpanContext current = Span.current().getSpanContext();
    return current.isValid() ? Optional.of(Place.of(current)) : Optional.empty();
  }

  /** Does work as part of a place. */
  @SuppressWarnings("try") // a scope is only ever closed
  public <T> T within(Place place, Supplier<T> work) {
    if (!on) {
      return work.get();
    }
    try (Scope scope = place.context().makeCurrent()) {
      return work.get();
    }
  }

  /** Does work as a step of its own. */
  public <T> T step(String name, Map<String, Object> attributes, Supplier<T> work) {
    return here().isEmpty() ? work.get() : during(begin(name, SpanKind.INTERNAL, attributes), work);
  }

  /** Does work that another program does the most of, such as a database. */
  public <T> T calling(String name, Map<String, Object> attributes, Supplier<T> work) {
    return here().isEmpty() ? work.get() : during(begin(name, SpanKind.CLIENT, attributes), work);
  }

  @SuppressWarnings("try") // a scope is only ever closed
  private static <T> T during(Span span, Supplier<T> work) {
    try (Scope scope = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** Begins a call to another program, which ends by its answer, in any thread. */
  public Call call(String name, Map<String, Object> attributes) {
    return here().isEmpty()
        ? new Call(Span.getInvalid(), Map.of())
        : call(begin(name, SpanKind.CLIENT, attributes));
  }

  private static Call call(Span span) {
    return new Call(span, headers(Context.current().with(span)));
  }

  /** The W3C headers that say to others what this thread is at. */
  public Map<String, String> headers() {
    return on ? headers(Context.current()) : Map.of();
  }

  private static Map<String, String> headers(Context context) {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(context, headers, (carrier, name, value) -> headers.put(name, value));
    return headers;
  }

  /** A call under way. */
  public static final class Call {
    private final Span span;
    private final Map<String, String> headers;

    private Call(Span span, Map<String, String> headers) {
      this.span = span;
      this.headers = Map.copyOf(headers);
    }

    /** The W3C headers that it carries. */
    public Map<String, String> headers() {
      return headers;
    }

    /** It was answered; an error is told in one word. */
    public void end(Map<String, Object> attributes, Optional<String> error) {
      span.setAllAttributes(Tracing.attributes(attributes));
      error.ifPresent(word -> span.setStatus(StatusCode.ERROR, word));
      span.end();
    }
  }

  /** Tells of something that is over, under any ids. */
  public void tell(FinishedSpan finished) {
    if (on && finished.parent().map(Place::isKept).orElse(true)) {
      end(finished, begin(finished));
    }
  }

  /** Tells of something that is over and was known by these ids since it began. */
  public void tell(FinishedSpan finished, Place ids) {
    if (on && ids.isKept()) {
      end(finished, GivenIds.during(ids, () -> begin(finished)));
    }
  }

  /**
   * Whether a trace that begins with these ids would be kept; the sampler says so for a span that
   * is never told of.
   */
  public Place rooted(String traceId, String spanId) {
    Place ids = new Place(traceId, spanId, Place.KEPT);
    Span asked = GivenIds.during(ids, () -> tracer.spanBuilder("root").setNoParent().startSpan());
    boolean kept = asked.getSpanContext().isSampled();
    return new Place(traceId, spanId, kept ? Place.KEPT : Place.DROPPED);
  }

  private Span begin(FinishedSpan finished) {
    SpanBuilder builder =
        tracer
            .spanBuilder(finished.name())
            .setSpanKind(
                finished.kind() == FinishedSpan.Kind.CALL ? SpanKind.CLIENT : SpanKind.INTERNAL)
            .setStartTimestamp(finished.start())
            .setAllAttributes(attributes(finished.attributes()));
    finished
        .parent()
        .ifPresentOrElse(parent -> builder.setParent(parent.context()), builder::setNoParent);
    return builder.startSpan();
  }

  private static void end(FinishedSpan finished, Span span) {
    finished
        .moments()
        .forEach(
            moment -> span.addEvent(moment.name(), attributes(moment.attributes()), moment.at()));
    finished.error().ifPresent(word -> span.setStatus(StatusCode.ERROR, word));
    span.end(finished.end());
  }

  private Span begin(String name, SpanKind kind, Map<String, Object> attributes) {
    return tracer
        .spanBuilder(name)
        .setSpanKind(kind)
        .setAllAttributes(attributes(attributes))
        .startSpan();
  }

  private static Attributes attributes(Map<String, Object> values) {
    AttributesBuilder attributes = Attributes.builder();
    values.forEach((name, value) -> put(attributes, name, value));
    return attributes.build();
  }

  private static void put(AttributesBuilder attributes, String name, Object value) {
    switch (value) {
      case Long number -> attributes.put(AttributeKey.longKey(name), number);
      case Integer number -> attributes.put(AttributeKey.longKey(name), number.longValue());
      case Double number -> attributes.put(AttributeKey.doubleKey(name), number);
      case Boolean flag -> attributes.put(AttributeKey.booleanKey(name), flag);
      case List<?> list ->
          attributes.put(
              AttributeKey.stringArrayKey(name), list.stream().map(String::valueOf).toList());
      default -> attributes.put(AttributeKey.stringKey(name), String.valueOf(value));
    }
  }
}
