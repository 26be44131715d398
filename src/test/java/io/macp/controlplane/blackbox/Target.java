// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.blackbox;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged server as the harness starts it: one process, defaults, no rate limit, few words.
 */
final class Target {
  private static final Path HOME = Path.of("target", "liberty", "wlp").toAbsolutePath();
  private static final String KEY = "bench-key";

  private Target() {}

  /** Writes the target file; the places in braces are filled in by the harness. */
  static Path writtenTo(Path folder) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JVM_ARGS", "-Xmx512m");
    environment.put("WLP_OUTPUT_DIR", folder.resolve("server").toString());
    environment.put("MACP_DATA_DIR", folder.resolve("data").toString());
    environment.put("APP_ENV", "production");
    environment.put("PORT", "${PORT}");
    environment.put("DATABASE_URL", "${DB_URL}");
    environment.put("RUNTIME_ADDRESS", "${RUNTIME_ADDR}");
    environment.put("RUNTIME_ALLOW_INSECURE", "true");
    environment.put("RUNTIME_BEARER_TOKEN", "bench");
    environment.put("AUTH_API_KEYS", "${API_KEY}");
    environment.put("THROTTLE_LIMIT", Integer.toString(Integer.MAX_VALUE));
    environment.put("LOG_LEVEL", "warn");
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("name", "macp-control-plane");
    target.put("port", LibertyServer.freePort());
    target.put("cmd", HOME.resolve("bin/server").toString());
    target.put("args", List.of("run", "macp"));
    target.put("healthPath", "/healthz");
    target.put("apiKey", KEY);
    target.put("env", environment);
    return Files.writeString(folder.resolve("target.json"), Json.write(target));
  }
}
