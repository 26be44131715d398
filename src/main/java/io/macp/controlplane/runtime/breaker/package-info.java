/**
 * The circuit breaker in front of unary runtime calls: a pure machine and a thread-safe shell with
 * history and manual reset. Knows neither gRPC nor metrics. Start reading at {@code
 * BreakerMachine}.
 */
@NullMarked
package io.macp.controlplane.runtime.breaker;

import org.jspecify.annotations.NullMarked;
