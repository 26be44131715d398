// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the runtime answers, in less than a second whatever it does. Thread-safe. */
@SharedInstance
class RuntimePulse {
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final RuntimeConnection runtime;
  private final Background background;
  private final String kind;

  @Inject
  RuntimePulse(RuntimeConnection runtime, Background background, Settings settings) {
    this.runtime = runtime;
    this.background = background;
    this.kind = settings.text("RUNTIME_KIND", "rust");
  }

  /** A question that is under way while the database is asked. */
  Background.Question<Map<String, Object>> ask() {
    return background.ask(this::feel);
  }

  /** The answer, or that there is none. */
  Map<String, Object> await(Background.Question<Map<String, Object>> question) {
    return question.within(PATIENCE).orElseGet(() -> health(false, "the runtime does not answer"));
  }

  private Map<String, Object> feel() {
    try {
      runtime.require().probe();
      return health(true, "connected to " + runtime.address());
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      return health(false, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> health(boolean ok, String detail) {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("ok", ok);
    health.put("runtimeKind", kind);
    health.put("detail", detail);
    return health;
  }
}
