// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider beside keys, as they arrive at the packaged server. */
class TokensIT {
  private static final String ISSUER = "https://id.example";

  @Test
  void takesTokensBesideKeys() throws JOSEException {
    ECKey provider = new ECKeyGenerator(Curve.P_256).keyID("p").generate();
    ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("p").generate();
    try (LibertyServer server =
        LibertyServer.with(
                Map.of(
                    "AUTH_API_KEYS", "root-key-of-the-test",
                    "MP_JWT_VERIFY_ISSUER", ISSUER,
                    "MP_JWT_VERIFY_PUBLICKEY", provider.toPublicJWK().toJSONString(),
                    "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "ES256",
                    "AUTH_JWT_ROLES", "viewers=runs:read,ops=runs:read+runs:write"))
            .start()
            .awaitReady()) {
      String viewer = token(provider, "viewers");

      assertThat(send(server, "GET", "/runs", viewer).status()).isEqualTo(200);
      assertThat(send(server, "GET", "/runs", "root-key-of-the-test").status()).isEqualTo(200);
      assertThat(send(server, "POST", "/runs", viewer).isError(403, "FORBIDDEN").messages())
          .containsExactly("the scope runs:write is missing");
      send(server, "POST", "/runs", token(provider, "ops")).isError(400, "VALIDATION_ERROR");
      send(server, "GET", "/runs", token(provider, "admin")).isError(403, "FORBIDDEN");
      send(server, "GET", "/runs", token(stranger, "ops")).isError(401, "UNAUTHORIZED");
      send(server, "GET", "/runs", viewer + "x").isError(401, "UNAUTHORIZED");
      assertThat(server.log()).doesNotContain(viewer, "root-key-of-the-test");
    }
  }

  @Test
  void refusesToStartWithoutKeysOfTheProvider() {
    try (LibertyServer server =
        LibertyServer.with(
                Map.of(
                    "MP_JWT_VERIFY_ISSUER", ISSUER,
                    "MP_JWT_VERIFY_PUBLICKEY", "nonsense",
                    "AUTH_JWT_ROLES", "viewers=runs:read"))
            .launch()) {
      assertThat(server.awaitExit()).isEqualTo(78);
      assertThat(server.log()).contains("MP_JWT_VERIFY_PUBLICKEY must hold");
    }
  }

  private static String token(ECKey key, String group) throws JOSEException {
    long end = Clock.systemUTC().instant().plusSeconds(300).getEpochSecond();
    Map<String, Object> claims =
        Map.of("iss", ISSUER, "sub", "u-1", "exp", end, "groups", List.of(group));
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new Payload(Json.write(claims)));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static Answer send(LibertyServer server, String method, String path, String bearer) {
    return new Api(server)
        .send(
            HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.noBody()));
  }
}
