// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.embedded.identity.Identity.Right;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticTokensTest {
  private static StaticTokens parse(String json) {
    return StaticTokens.parse("SETTING", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTokensInBothForms() {
    String list = "[{\"token\":\"t\",\"sender\":\"a\"}]";

    assertThat(parse(list).find("t").map(Identity::sender)).contains("a");
    assertThat(parse("{\"tokens\":" + list + "}").find("t")).isPresent();
    assertThat(parse(list).find("u")).isEmpty();
  }

  @Test
  void readsEveryFlag() {
    StaticTokens tokens =
        parse(
            """
            [{"token":"t","sender":"a"},
             {"token":"u","sender":"b","allowed_modes":["m",""],"can_start_sessions":false,
              "max_open_sessions":2,"can_manage_mode_registry":true,"is_observer":true},
             {"token":"v","sender":"c","allowed_modes":[]}]
            """);

    assertThat(tokens.find("t")).contains(Identity.of("a", Set.of(Right.START_SESSIONS)));
    assertThat(tokens.find("u"))
        .contains(
            new Identity(
                "b",
                Optional.of(Set.of("m", "")),
                OptionalInt.of(2),
                Set.of(Right.MANAGE_REGISTRY, Right.OBSERVE),
                Optional.empty()));
    assertThat(tokens.find("v").orElseThrow().maySendIn("any")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{~must be a JSON list of tokens: malformed JSON at line 1, column 2",
        "7~must be a JSON list, or an object with a list 'tokens'",
        "{\"s3cr3t\":{}}~must be a JSON list, or an object with a list 'tokens'",
        "[7]~[0] must be an object",
        "[{\"token\":\"s3cr3t\"}]~[0].sender must be a non-blank text without control characters",
        "[{\"sender\":\"a\"}]~[0].token must be a non-blank text without control characters",
        "[{\"token\":\"s3cr3t.b\",\"sender\":\"a\"}]"
            + "~[0].token must be printable ASCII without spaces and without a dot",
        "[{\"token\":\"s3cr3t b\",\"sender\":\"a\"}]"
            + "~[0].token must be printable ASCII without spaces and without a dot",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\"},{\"token\":\"s3cr3t\",\"sender\":\"b\"}]"
            + "~[1].token is listed before",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\",\"s3cr3t\":true}]"
            + "~[0] has a field that is not known; expected only [allowed_modes,"
            + " can_manage_mode_registry, can_start_sessions, is_observer, max_open_sessions,"
            + " sender, token]",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\",\"is_observer\":\"s3cr3t\"}]"
            + "~[0].is_observer must be true or false",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\",\"allowed_modes\":\"s3cr3t\"}]"
            + "~[0].allowed_modes must be a list of texts",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\",\"allowed_modes\":[1]}]"
            + "~[0].allowed_modes must be a list of texts",
        "[{\"token\":\"s3cr3t\",\"sender\":\"a\",\"max_open_sessions\":-1}]"
            + "~[0].max_open_sessions must be a whole number of at least 0"
      })
  void namesTheSettingAndThePlaceButNeverTheToken(String json, String problem) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> parse(json))
        .withMessage("SETTING " + problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
  }
}
