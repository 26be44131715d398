// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.OutboundCalls;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelCallbackTest {
  private static final String FIELD = "session.metadata.cancelCallback.";

  private final CancelCallback callback = callback();

  private static CancelCallback callback() {
    Settings settings = new Settings(name -> Optional.empty());
    AddressGuard guard = new AddressGuard(settings);
    try {
      return new CancelCallback(guard, new OutboundCalls(guard), settings);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Cancellation.Callback to(String url) {
    return new Cancellation.Callback(url, Optional.of("token"));
  }

  @Test
  void takesAgentsOfThisMachineWhileDeveloping() {
    assertThatCode(() -> callback.check(to("http://127.0.0.1:9000/cancel")))
        .doesNotThrowAnyException();
    assertThatCode(() -> callback.check(to("http://[::1]:9000/"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not a url | must be a URL",
        "'' | must be an http or https URL",
        "https://me:secret@agents/cancel | must not carry a user or password",
        "http://169.254.169.254/latest | must not lead to a link-local or metadata address unless"
            + " OUTBOUND_ALLOWED_HOSTS allows it",
      })
  void namesTheFieldOfAnAddressThatItRefuses(String url, String why) {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> callback.check(to(url)))
            .problem();

    assertThat(problem.fieldErrors()).containsExactly(FIELD + "url " + why);
    assertThat(problem.status()).isEqualTo(400);
  }

  @Test
  void refusesBearerThatIsNoHeaderValue() {
    Cancellation.Callback split =
        new Cancellation.Callback("http://127.0.0.1/", Optional.of("a\r\nHost: b"));

    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> callback.check(split)).problem();

    assertThat(problem.fieldErrors())
        .containsExactly(FIELD + "bearer must be printable ASCII without spaces");
  }
}
