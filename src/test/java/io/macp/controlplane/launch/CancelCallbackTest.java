// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Problem;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTargetTest {
  private static final String FIELD = "session.metadata.cancelCallback.url ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://agents:8080/cancel",
        "https://agents.example/cancel?run=1",
        "HTTPS://AGENTS.example",
        "http://[::1]:9000/",
        "http://127.0.0.1",
      })
  void takesPlainWebAddresses(String url) {
    assertThat(CallbackTarget.require(url)).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not a url | must be a URL",
        "http:// | must be a URL",
        "'' | must be an http or https URL",
        "agents/cancel | must be an http or https URL",
        "//agents/cancel | must be an http or https URL",
        "ftp://agents/cancel | must be an http or https URL",
        "file:///etc/passwd | must be an http or https URL",
        "javascript:alert(1) | must be an http or https URL",
        "http:/cancel | must be an http or https URL",
        "http:agents | must be an http or https URL",
        "https://me:secret@agents/cancel | must not carry a user or password",
        "https://me@agents/cancel | must not carry a user or password",
      })
  void refusesEverythingElseWithoutQuotingIt(String url, String why) {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> CallbackTarget.require(url))
            .problem();

    assertThat(problem.fieldErrors()).containsExactly(FIELD + why);
    assertThat(problem.status()).isEqualTo(400);
  }
}
