// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  /** The published vector of Standard Webhooks. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIME = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void agreeWithTheVectorOfTheStandard() {
    assertThat(Signatures.standard(List.of(SECRET), ID, TIME, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void holdOneSignaturePerSecret() {
    assertThat(Signatures.standard(List.of("new", SECRET), ID, TIME, BODY))
        .startsWith("v1,")
        .endsWith(" " + SIGNATURE);
  }

  @Test
  void takeASecretOfAnotherFormAsItsOwnKey() {
    String plain = Signatures.standard(List.of("plain"), ID, TIME, BODY);
    String encoded = Signatures.standard(List.of("whsec_cGxhaW4="), ID, TIME, BODY);

    assertThat(plain).isEqualTo(encoded);
    assertThat(Signatures.standard(List.of("whsec_?", "whsec_"), ID, TIME, BODY)).contains(" v1,");
  }

  /** The second test case of RFC 4231. */
  @Test
  void areHexOverTheBodyInTheContractsWay() {
    assertThat(Signatures.contract("Jefe", "what do ya want for nothing?".getBytes(UTF_8)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }
}
