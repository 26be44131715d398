// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KnownSettingsTest {
  private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);

  @Test
  void areTheOnesThatTheReferenceDescribes() throws IOException {
    String reference = Files.readString(Path.of("docs/configuration.md"));

    List<String> described = ROW.matcher(reference).results().map(match -> match.group(1)).toList();

    assertThat(KnownSettings.names()).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void areShownWithoutSecrets() {
    Map<String, String> values =
        Map.of(
            "PORT", "3001",
            "DATABASE_URL", "postgres://u:s3cret@h/app?sslpassword=s3cret",
            "AUTH_API_KEYS", "s3cret,s3cret2",
            "RUNTIME_BEARER_TOKEN", "s3cret",
            "REDIS_URL", "redis://:s3cret@h");
    Settings settings = new Settings(name -> Optional.ofNullable(values.get(name)));

    assertThat(KnownSettings.effective(settings))
        .containsExactly(
            "PORT=3001",
            "DATABASE_URL=postgres://u@h/app",
            "AUTH_API_KEYS=(2 keys)",
            "RUNTIME_BEARER_TOKEN=(set)",
            "REDIS_URL=(set)");
  }
}
