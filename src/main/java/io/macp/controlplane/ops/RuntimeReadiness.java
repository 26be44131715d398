// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConnection;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What readiness says of the runtime side (control-plane contract, section 12.2). */
final class RuntimeReadiness {
  private RuntimeReadiness() {}

  /** Whether the runtime answers. */
  @SharedInstance
  static final class RuntimePart implements ReadinessPart {
    private final RuntimeConnection connection;
    private final String kind;

    @Inject
    RuntimePart(RuntimeConnection connection, Settings settings) {
      this.connection = connection;
      this.kind = settings.text("RUNTIME_KIND", "rust");
    }

    @Override
    public String name() {
      return "runtime";
    }

    @Override
    public Finding check() {
      try {
        var manifest = connection.require().probe();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("ok", true);
        shown.put("runtimeKind", kind);
        shown.put(
            "manifest",
            Map.of("agentId", manifest.agentId(), "supportedModes", manifest.supportedModes()));
        return new Finding(true, shown);
      } catch (RuntimeCallFailed | Problem.ProblemException e) {
        return down(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public Finding unanswered() {
      return down("the runtime does not answer");
    }

    private Finding down(String detail) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("ok", false);
      shown.put("runtimeKind", kind);
      shown.put("detail", detail);
      return new Finding(false, shown);
    }
  }

  /** Whether runs are followed at all; one broken stream is no matter of the whole. */
  @SharedInstance
  static final class StreamConsumer implements ReadinessPart {
    private final Observation observation;

    @Inject
    StreamConsumer(Observation observation) {
      this.observation = observation;
    }

    @Override
    public String name() {
      return "streamConsumer";
    }

    @Override
    public Finding check() {
      boolean ok = observation.isAtWork();
      return new Finding(ok, ok ? "ok" : "unhealthy");
    }
  }

  /** State of the circuit breaker; not ready while it is open. */
  @SharedInstance
  static final class Breaker implements ReadinessPart {
    private final RuntimeConnection connection;

    @Inject
    Breaker(RuntimeConnection connection) {
      this.connection = connection;
    }

    @Override
    public String name() {
      return "circuitBreaker";
    }

    @Override
    public Finding check() {
      Optional<String> state =
          connection.find().map(RuntimeClient::breaker).map(breaker -> breaker.state().name());
      return new Finding(!state.equals(Optional.of("OPEN")), state.orElse("CLOSED"));
    }
  }
}
