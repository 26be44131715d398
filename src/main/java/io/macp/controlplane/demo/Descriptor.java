// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.log.NewRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The run of a performance, as a client would have described it (contract, section 3.1). */
final class Descriptor {
  private static final String DEMO = "demo";
  private static final List<String> TAGS = List.of(DEMO);

  private final Script script;
  private final DemoConfig config;

  Descriptor(Script script, DemoConfig config) {
    this.script = script;
    this.config = config;
  }

  /** The run; its id is the session's too, so that each leads to the other. */
  NewRun run(UUID id, String traceId, Instant now) {
    return new NewRun(
        id,
        "live",
        config.runtimeKind(),
        Optional.empty(),
        id.toString(),
        traceId,
        Optional.empty(),
        new NewRun.Origin(Optional.of(DEMO), Optional.of(script.id())),
        TAGS,
        metadata(id.toString()),
        now);
  }

  private Map<String, @Nullable Object> metadata(String sessionId) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(labels());
    metadata.put("initiator", script.initiator());
    metadata.put("contextId", script.session().contextId());
    metadata.put("executionRequest", request(sessionId));
    return metadata;
  }

  private Map<String, @Nullable Object> labels() {
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    labels.put("source", DEMO);
    labels.put("sourceRef", script.id());
    labels.put("scenarioRef", script.id());
    labels.put("environment", DEMO);
    return labels;
  }

  private Map<String, @Nullable Object> request(String sessionId) {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("sessionId", sessionId);
    session.put("modeName", script.session().mode().id());
    session.put("modeVersion", script.session().mode().version());
    session.put("configurationVersion", Script.Session.CONFIGURATION_VERSION);
    script.session().policy().ifPresent(policy -> session.put("policyVersion", policy.id()));
    session.put("ttlMs", config.lifetime(script.session().ttl()).toMillis());
    session.put(
        "participants", script.participants().stream().map(id -> Map.of("id", id)).toList());
    session.put("metadata", labels());
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("mode", "live");
    request.put("runtime", Map.of("kind", config.runtimeKind()));
    request.put("session", session);
    request.put("execution", Map.of("tags", TAGS));
    return request;
  }
}
