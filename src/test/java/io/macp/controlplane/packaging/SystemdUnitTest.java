// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The unit and the example of its environment. */
class SystemdUnitTest {
  private static final Map<String, String> UNIT =
      Pattern.compile("^(\\w+)=(.*)$", Pattern.MULTILINE)
          .matcher(Known.text("packaging/systemd/macp-control-plane.service"))
          .results()
          .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));

  @Test
  void watchesTheServersOwnProcessAndTellsItToStop() {
    assertThat(UNIT)
        .containsEntry("Type", "exec")
        .containsEntry("ExecStart", "/opt/macp/wlp/bin/server run macp")
        .containsEntry("Restart", "on-failure")
        .containsEntry("SuccessExitStatus", "143")
        .containsEntry("RestartPreventExitStatus", "78")
        .containsEntry("TimeoutStopSec", "45");
  }

  @Test
  void itIsNotRootAndWritesInOnePlace() {
    assertThat(UNIT)
        .containsEntry("User", "macp")
        .containsEntry("ProtectSystem", "strict")
        .containsEntry("ReadWritePaths", "/var/lib/macp")
        .containsEntry("StateDirectory", "macp")
        .containsEntry("NoNewPrivileges", "true")
        .containsEntry("CapabilityBoundingSet", "")
        .doesNotContainKey("MemoryDenyWriteExecute");
    assertThat(UNIT.getOrDefault("Environment", "").replaceAll("-D\\S*", "").split("[ =\"]+"))
        .filteredOn(word -> word.startsWith("/"))
        .isNotEmpty()
        .allMatch(path -> path.startsWith("/var/lib/macp/"));
  }

  @Test
  void theExampleNamesSettingsAndNoSecret() {
    Map<String, String> example =
        Pattern.compile("^(\\w+)=(.*)$", Pattern.MULTILINE)
            .matcher(Known.text("packaging/systemd/macp-control-plane.env.example"))
            .results()
            .collect(Collectors.toMap((MatchResult line) -> line.group(1), line -> line.group(2)));

    Known.onlyKnown(example.keySet());
    for (String secret :
        Set.of("AUTH_API_KEYS", "DATABASE_URL", "RUNTIME_BEARER_TOKEN", "WEBHOOK_SECRET_KEY")) {
      assertThat(example).containsEntry(secret, "");
    }
  }
}
