// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Right;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerConfigTest {
  private static final CredentialConfig OBSERVER =
      new CredentialConfig(
          Optional.of(
              new Minting(
                  URI.create("http://auth"),
                  Duration.ofSeconds(1),
                  Duration.ofHours(1),
                  "observer",
                  Set.of(Right.MANAGE_MODE_REGISTRY))),
          Optional.of("observers-token"),
          Optional.of("observer"));

  private static SpeakerConfig read(String tokens, CredentialConfig observer) {
    Map<String, String> values = Map.of("RUNTIME_AGENT_TOKENS_JSON", tokens);
    return SpeakerConfig.from(
        new Settings(name -> Optional.ofNullable(values.get(name))), observer);
  }

  @Test
  void neverSpeaksWithTheObserversToken() {
    CredentialConfig agent = read("{}", OBSERVER).of("agent://a");

    assertThat(agent.bearerToken()).isEmpty();
    assertThat(agent.devAgentId()).contains("agent://a");
    assertThat(agent.minting().orElseThrow().sender()).isEqualTo("agent://a");
    assertThat(agent.minting().orElseThrow().rights()).containsExactly(Right.SPEAK);
  }

  @Test
  void takesTheTokenThatBelongsToTheAgent() {
    SpeakerConfig speakers = read("{\"agent://a\": \"t-1\"}", OBSERVER);

    assertThat(speakers.of("agent://a").bearerToken()).contains("t-1");
    assertThat(speakers.of("agent://a").minting()).isEmpty();
    assertThat(speakers.of("agent://b").bearerToken()).isEmpty();
    assertThat(speakers.toString()).doesNotContain("t-1");
  }

  @Test
  void showsNothingWhereNamesProveNothing() {
    SpeakerConfig speakers = read("{}", CredentialConfig.NONE);

    assertThat(speakers.of("agent://a")).isEqualTo(CredentialConfig.NONE);
    assertThat(speakers.takenByName().of("agent://a").devAgentId()).contains("agent://a");
    assertThat(speakers.takenByName().of("with space").devAgentId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"a\": 1}", "{\"a\": \"with space\"}", "{\"a\": null}"})
  void refusesWhatIsNoListOfTokens(String tokens) {
    assertThatThrownBy(() -> read(tokens, OBSERVER))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("RUNTIME_AGENT_TOKENS_JSON must be");
  }
}
