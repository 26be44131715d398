// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.Negotiated;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says whether a launch would be taken, without launching (contract, section 3.2). Thread-safe. */
@SharedInstance
final class Preflight {
  private static final String UNKNOWN_FIELD = "should not exist";

  private final RuntimeConnection runtime;
  private final LaunchConfig config;

  @Inject
  Preflight(RuntimeConnection runtime, Settings settings) {
    this.runtime = runtime;
    this.config = LaunchConfig.read(settings);
  }

  Map<String, @Nullable Object> validate(BodyFields body) {
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    String mode = "";
    boolean hasSession = body.has("session");
    RunDescriptor descriptor = RunDescriptor.read(body, config.runtimeKind(), config.older());
    List<String> wrong = fieldErrors(body);
    if (hasSession) {
      errors.addAll(wrong);
      mode = descriptor.session().modeName();
      boolean wrongId =
          descriptor.session().sessionId().filter(id -> !SessionIds.isValid(id)).isPresent();
      if (wrongId) {
        errors.add("session.sessionId is not a valid session id");
      }
    } else {
      errors.add("session is required");
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    Map<String, @Nullable Object> reached = runtime(mode, errors, warnings);
    answer.put("valid", errors.isEmpty());
    answer.put("errors", errors);
    answer.put("warnings", warnings);
    answer.put("runtime", reached);
    return answer;
  }

  /**
   * A field that nobody knows, or no object at all, refuses the request itself; what is wrong
   * otherwise is the answer.
   */
  private static List<String> fieldErrors(BodyFields body) {
    try {
      body.check();
      return List.of();
    } catch (Problem.ProblemException e) {
      if (e.problem().fieldErrors().stream().anyMatch(Preflight::refusesTheRequest)) {
        throw e;
      }
      return e.problem().fieldErrors();
    }
  }

  private static boolean refusesTheRequest(String error) {
    return error.endsWith(UNKNOWN_FIELD) || error.equals(BodyFields.NO_OBJECT);
  }

  private Map<String, @Nullable Object> runtime(
      String mode, List<String> errors, List<String> warnings) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    try {
      Negotiated negotiated = runtime.require().initialize();
      answer.put("reachable", true);
      answer.put("supportedModes", negotiated.supportedModes());
      answer.put("capabilities", negotiated.capabilities());
      boolean unknown =
          !mode.isEmpty()
              && !negotiated.supportedModes().isEmpty()
              && !negotiated.supportedModes().contains(mode);
      if (unknown) {
        errors.add("Runtime does not support mode '" + mode + "'");
      }
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      answer.put("reachable", false);
      answer.put("supportedModes", List.of());
      warnings.add("Runtime not reachable: " + e.getMessage());
    }
    return answer;
  }
}
