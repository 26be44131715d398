// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.RuntimeSight;
import io.macp.controlplane.doctor.server.RuntimeSight.Breaker;
import io.macp.controlplane.doctor.server.RuntimeSight.Credential;
import io.macp.controlplane.doctor.server.RuntimeSight.Handshake;
import io.macp.controlplane.doctor.server.RuntimeSight.Probe;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConfig;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import io.macp.controlplane.runtime.credential.Credentials;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the runtime and the way to it. Thread-safe. */
@SharedInstance
final class RuntimeSource implements Source {
  private static final Duration WORTH_REPEATING = Duration.ofMillis(200);

  private final RuntimeConnection connection;
  private final Supplier<Optional<Observation.Skew>> skew;
  private final RuntimeConfig config;
  private final Clock clock;

  @Inject
  RuntimeSource(
      RuntimeConnection connection, Observation observation, Settings settings, Clock clock) {
    this(connection, observation::skew, RuntimeConfig.from(settings), clock);
  }

  RuntimeSource(
      RuntimeConnection connection,
      Supplier<Optional<Observation.Skew>> skew,
      RuntimeConfig config,
      Clock clock) {
    this.connection = connection;
    this.skew = skew;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "runtime";
  }

  @Override
  public List<Finding> look() {
    return Check.all(ServerChecks.RUNTIME, sight());
  }

  RuntimeSight sight() {
    Optional<RuntimeClient> client = connection.find();
    // The probe closes a breaker when the runtime answers: it is looked at before.
    Breaker breaker = breaker(client.map(RuntimeClient::breaker));
    Probe probe =
        client
            .map(RuntimeSource::probe)
            .orElse(new Probe(Optional.of("UNAVAILABLE"), "not connected yet", Duration.ZERO));
    return new RuntimeSight(
        connection.address(),
        probe,
        handshake(probe),
        breaker,
        credential(client),
        skew.get().map(Observation.Skew::ahead));
  }

  /**
   * The first call opens a connection, which says little of the next ones: a slow one is repeated.
   */
  private static Probe probe(RuntimeClient client) {
    Probe first = probeOnce(client);
    return first.failure().isEmpty() && first.took().compareTo(WORTH_REPEATING) > 0
        ? probeOnce(client)
        : first;
  }

  private static Probe probeOnce(RuntimeClient client) {
    long begin = System.nanoTime();
    Optional<String> failure = Optional.empty();
    String words = "answered";
    try {
      client.probe();
    } catch (RuntimeCallFailed e) {
      failure = Optional.of(e.kind().name());
      words = String.valueOf(e.getMessage());
    }
    return new Probe(failure, words, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** The embedded runtime is reached as it was started, and nothing can be set wrongly. */
  private Optional<Handshake> handshake(Probe probe) {
    boolean plain = config.transport() instanceof Transport.Plaintext;
    return plain && probe.failure().isEmpty()
        ? Optional.empty()
        : config
            .address()
            .flatMap(address -> new TlsProbe(address, config.transport(), clock).look());
  }

  private static Breaker breaker(Optional<CircuitBreaker> found) {
    return found
        .map(
            breaker -> {
              CircuitBreaker.Entry entry = breaker.history().getLast();
              return new Breaker(
                  entry.state().name(), entry.reason(), entry.enteredAt(), breaker.retryAfter());
            })
        .orElse(new Breaker("CLOSED", "", Instant.EPOCH, Duration.ZERO));
  }

  private static Credential credential(Optional<RuntimeClient> client) {
    Credentials.State state =
        client
            .map(RuntimeClient::credential)
            .orElse(new Credentials.State("none", List.of(), Optional.empty()));
    return new Credential(state.link(), state.configured(), state.mintFailure());
  }
}
