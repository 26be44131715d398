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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
  FutureTask<Map<String, Object>> ask() {
    FutureTask<Map<String, Object>> question = new FutureTask<>(this::feel);
    background.start(question);
    return question;
  }

  /** The answer, or that there is none. */
  Map<String, Object> await(FutureTask<Map<String, Object>> question) {
    try {
      return question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      question.cancel(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return health(false, "the runtime does not answer");
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
