// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Telemetry as a server sets it up, which keeps every span that has ended. Thread-safe. */
public final class SpanLog implements SpanProcessor {
  private final Queue<SpanData> ended = new ConcurrentLinkedQueue<>();
  private final Tracing tracing;

  /** With the decision of a sampler for traces that begin here. */
  public SpanLog(Sampler roots) {
    tracing =
        new Tracing(
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .setIdGenerator(new GivenIds())
                        .setSampler(Sampler.parentBased(roots))
                        .addSpanProcessor(this)
                        .build())
                .build());
  }

  /** Keeps every trace. */
  public SpanLog() {
    this(Sampler.alwaysOn());
  }

  public Tracing tracing() {
    return tracing;
  }

  /** The spans that have ended, in that order. */
  public List<SpanData> ended() {
    return List.copyOf(ended);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
