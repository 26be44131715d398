// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.testing.AdjustableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final Duration LATER = Duration.ofSeconds(1);
  @TempDir private Path folder;
  private final AdjustableClock clock = new AdjustableClock();

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tokens.json"), text);
  }

  private static Optional<String> sender(TokenFile tokens, String token) {
    return tokens.current().find(token).map(Identity::sender);
  }

  @Test
  void isReadAnewAfterAChange() throws IOException {
    TokenFile tokens = new TokenFile(file("[{\"token\":\"t\",\"sender\":\"a\"}]"), clock);
    assertThat(sender(tokens, "t")).contains("a");

    file("[{\"token\":\"longer\",\"sender\":\"b\"}]");
    assertThat(sender(tokens, "t")).contains("a");
    clock.advance(LATER);
    assertThat(sender(tokens, "t")).isEmpty();
    assertThat(sender(tokens, "longer")).contains("b");
  }

  @Test
  void keepsItsTokensWhileTheFileIsWrongOrMissing() throws IOException {
    Path path = file("[{\"token\":\"t\",\"sender\":\"a\"}]");
    TokenFile tokens = new TokenFile(path, clock);

    file("[{\"token\"");
    clock.advance(LATER);
    assertThat(sender(tokens, "t")).contains("a");
    Files.delete(path);
    clock.advance(LATER);
    assertThat(sender(tokens, "t")).contains("a");
    file("[{\"token\":\"new\",\"sender\":\"b\"}]");
    clock.advance(LATER);
    assertThat(sender(tokens, "new")).contains("b");
  }

  @Test
  void refusesToBeginWithAFileThatIsWrongOrMissing() throws IOException {
    Path wrong = file("[{\"token\":\"s3cr3t\"}]");

    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> new TokenFile(wrong, clock))
        .withMessageStartingWith("MACP_AUTH_TOKENS_FILE [0].sender")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> new TokenFile(folder.resolve("none"), clock))
        .withMessageStartingWith("MACP_AUTH_TOKENS_FILE must name a readable file");
  }
}
