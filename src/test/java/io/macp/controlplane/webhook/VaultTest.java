// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static final UUID ID = new UUID(7, 7);
  private static final String SECRET = "whsec_\u00e9 of 255";

  private static Vault vault(String key) {
    Map<String, String> values = key.isEmpty() ? Map.of() : Map.of("WEBHOOK_SECRET_KEY", key);
    return new Vault(
        WebhookConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))))
            .secretKey());
  }

  @Test
  void opensWhatItSealed() {
    String sealed = vault(KEY).seal(ID, SECRET);

    assertThat(sealed).startsWith(Vault.MARK).doesNotContain("whsec");
    assertThat(vault(KEY).open(ID, sealed)).contains(SECRET);
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertThat(vault(KEY).seal(ID, SECRET)).isNotEqualTo(vault(KEY).seal(ID, SECRET));
  }

  @Test
  void opensNothingOfAnotherRowOrKeyAndNothingThatWasChanged() {
    String sealed = vault(KEY).seal(ID, SECRET);
    byte[] other = new byte[32];
    other[0] = 1;

    assertThat(vault(KEY).open(new UUID(7, 8), sealed)).isEmpty();
    assertThat(vault(Base64.getEncoder().encodeToString(other)).open(ID, sealed)).isEmpty();
    assertThat(vault("").open(ID, sealed)).isEmpty();
    assertThat(vault(KEY).open(ID, sealed.substring(0, sealed.length() - 4) + "AAA=")).isEmpty();
    assertThat(vault(KEY).open(ID, Vault.MARK + "AAAA")).isEmpty();
    assertThat(vault(KEY).open(ID, Vault.MARK + "no base64!")).isEmpty();
  }

  @Test
  void readsWhatWasKeptAsItIs() {
    assertThat(vault("").seal(ID, SECRET)).isEqualTo(SECRET);
    assertThat(vault("").open(ID, SECRET)).contains(SECRET);
    assertThat(vault(KEY).open(ID, SECRET)).contains(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "AAAA", "not base64 at all, but long enough for a key, is it?"})
  void refusesAnythingButThirtyTwoBytes(String key) {
    assertThatThrownBy(() -> vault(key))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("WEBHOOK_SECRET_KEY must be 32 random bytes in Base64");
  }
}
