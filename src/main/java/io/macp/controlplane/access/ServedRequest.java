// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.http.Exchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices the end of one request, also of one that is answered later by another thread, and counts
 * and logs it exactly once.
 */
final class ServedRequest implements AsyncListener {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Exchange exchange;
  private final Meters meters;
  private final String method;
  private final String path;
  private final long start;
  private final AtomicBoolean logged = new AtomicBoolean();

  ServedRequest(
      HttpServletRequest request, HttpServletResponse response, Meters meters, long start) {
    this.meters = meters;
    this.request = request;
    this.response = response;
    this.exchange = Exchange.of(request);
    this.method = request.getMethod();
    this.path = request.getRequestURI();
    this.start = start;
  }

  /** To be called when the filter chain has returned. */
  void whenDone() {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(this);
        return;
      }
    } catch (IllegalStateException e) {
      // The asynchronous answer was complete before we could ask to be told.
    }
    end();
  }

  private void end() {
    if (logged.compareAndSet(false, true)) {
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      meters.httpRequest(method, exchange.route(), response.getStatus(), duration);
      AccessLog.write(
          new AccessLog.Entry(
              method,
              path,
              exchange.route(),
              response.getStatus(),
              duration,
              exchange.requestId()));
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
