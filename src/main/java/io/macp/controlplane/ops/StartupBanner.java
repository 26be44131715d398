// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.platform.Settings;
import java.util.ArrayList;
import java.util.List;

/** What a newcomer reads first: where the console is, three commands to try, what is in force. */
final class StartupBanner {
  private static final String DEMO_BODY = "{\"scenario\":\"fraud-approve\"}";

  private StartupBanner() {}

  /**
   * @param database where the database is, without its password
   */
  static String text(Settings settings, String database) {
    String base = base(settings);
    String key =
        settings.list("AUTH_API_KEYS").isEmpty() ? "" : " -H 'Authorization: Bearer YOUR_KEY'";
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("MACP Control Plane is up: " + base + "/");
    lines.add("");
    lines.add("  Try   curl " + base + "/readyz");
    if (settings.find("RUNTIME_ADDRESS").isEmpty()) {
      lines.add(
          "        curl -X POST "
              + base
              + "/demo/runs -H 'Content-Type: application/json'"
              + key
              + " -d '"
              + DEMO_BODY
              + "'");
    } else {
      lines.add("        curl " + base + "/runtime/health" + key);
    }
    lines.add("        curl " + base + "/runs" + key);
    lines.add("");
    lines.add("  Data  " + database);
    lines.add("  Auth  " + access(settings));
    lines.add("  Set   " + setOnes(settings));
    lines.add("");
    return String.join(System.lineSeparator(), lines);
  }

  /** The address by which this machine reaches the server. */
  static String base(Settings settings) {
    String host = settings.text("HOST", "127.0.0.1");
    boolean everywhere = host.equals("0.0.0.0") || host.equals("*") || host.equals("::");
    String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "http://" + (everywhere ? "127.0.0.1" : shown) + ":" + settings.text("PORT", "3001");
  }

  private static String access(Settings settings) {
    return settings.list("AUTH_API_KEYS").isEmpty()
        ? "no keys (AUTH_API_KEYS is empty), so this machine alone is served"
        : "API keys";
  }

  private static String setOnes(Settings settings) {
    List<String> effective = KnownSettings.effective(settings);
    return effective.isEmpty()
        ? "nothing; every setting has its default"
        : String.join(" ", effective);
  }
}
