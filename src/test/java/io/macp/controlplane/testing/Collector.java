// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A collector of traces that keeps what it is sent by OTLP over gRPC. It can be away for a while
 * and come back on its port. Thread-safe.
 */
public final class Collector implements AutoCloseable {
  private final int port;
  private final Queue<ResourceSpans> received = new ConcurrentLinkedQueue<>();
  private Server server;

  private Collector(int port) {
    this.port = port;
    this.server = listening();
  }

  /** On a free port of this machine. */
  public static Collector started() {
    return new Collector(LibertyServer.freePort());
  }

  private Server listening() {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
          .addService(new Service())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Service extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      received.addAll(request.getResourceSpansList());
      answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  /** Where programs send to. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** From now on nothing is taken. */
  public void goAway() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes spans again. */
  public void comeBack() {
    server = listening();
  }

  /** A span as it arrived. */
  public record Received(Span span) {
    public String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    public String parent() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    public String traceId() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    /** The value of an attribute as text; empty when it has none of the name. */
    public String attribute(String name) {
      return span.getAttributesList().stream()
          .filter(attribute -> attribute.getKey().equals(name))
          .map(KeyValue::getValue)
          .map(Collector::text)
          .findFirst()
          .orElse("");
    }

    /** The names of what happened meanwhile. */
    public List<String> moments() {
      return span.getEventsList().stream().map(Span.Event::getName).toList();
    }

    @Override
    public String toString() {
      return span.getName() + " " + id() + " in " + parent();
    }
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private Stream<Received> spans() {
    return received.stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(Received::new);
  }

  /** What has arrived of a trace. */
  public List<Received> trace(String traceId) {
    return spans().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** The first span of a name in a trace. */
  public Optional<Received> find(String traceId, String name) {
    return trace(traceId).stream().filter(span -> span.span().getName().equals(name)).findFirst();
  }

  /** Who sent what has arrived. */
  public List<String> services() {
    return received.stream()
        .flatMap(resource -> resource.getResource().getAttributesList().stream())
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .distinct()
        .toList();
  }

  @Override
  public void close() {
    goAway();
  }
}
