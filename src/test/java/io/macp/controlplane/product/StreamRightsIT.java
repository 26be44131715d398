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
import io.macp.controlplane.product.EventStream.Frame;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Streams end when what opened them is no longer good, whoever took it away. */
class StreamRightsIT {
  private static final String ROOT = "root-key-of-the-test";
  private static final String ISSUER = "https://id.example";
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "AUTH_API_KEYS",
          ROOT,
          "MACP_DEMO_PACE",
          "1",
          "REPLAY_MAX_DELAY_MS",
          "600000",
          "STREAM_SSE_LINGER_MS",
          "600000",
          "THROTTLE_LIMIT",
          "100000");

  @Test
  void endsWhenAnotherServerRevokesTheKey() {
    try (OutsideDatabase database = OutsideDatabase.created()) {
      database.start();
      Map<String, String> shared = new HashMap<>(SETTINGS);
      shared.put("DATABASE_URL", database.url());
      try (LibertyServer one = LibertyServer.with(shared).start().awaitReady();
          LibertyServer other = LibertyServer.with(shared).start()) {
        // One of them hosts the embedded runtime; what is stored is served by both.
        other.awaitLog("shares the database with");
        other.awaitUnready();
        Answer made =
            send(
                one,
                "POST",
                "/admin/api-keys",
                ROOT,
                "{\"name\":\"n\",\"scopes\":[\"runs:read\"]}");
        String key = made.field("key");
        Patience.until(
            () -> "the other server knows the key",
            () -> send(other, "GET", "/runs", key, "").status() == 200);
        String run = demo(one);

        try (EventStream list = open(other, "/runs/stream", key);
            EventStream live = open(other, "/runs/" + run + "/stream?heartbeatMs=60000", key);
            EventStream replay =
                open(other, "/runs/" + run + "/replay/stream?mode=timed&speed=0.1", key);
            EventStream kept = open(other, "/runs/" + run + "/stream?heartbeatMs=1000", ROOT)) {
          live.until(frame -> frame.event().equals("snapshot"));
          replay.until(Frame::isCanonical);
          kept.until(frame -> frame.event().equals("heartbeat"));

          Instant begin = Clock.systemUTC().instant();
          assertThat(send(one, "DELETE", "/admin/api-keys/" + made.field("id"), ROOT, "").status())
              .isEqualTo(204);

          for (EventStream stream : List.of(list, live, replay)) {
            assertThat(stream.rest()).last().isEqualTo(refused());
            assertThat(Duration.between(begin, Clock.systemUTC().instant())).isLessThan(SECONDS);
          }
          send(other, "GET", "/runs/" + run + "/stream", key, "").isError(401, "UNAUTHORIZED");
          kept.until(frame -> frame.event().equals("heartbeat"));
          kept.until(frame -> frame.event().equals("heartbeat"));
          kept.until(frame -> frame.event().equals("heartbeat"));
        }
      }
    }
  }

  @Test
  void endsWhenTheTokenExpires() throws JOSEException {
    ECKey provider = new ECKeyGenerator(Curve.P_256).keyID("p").generate();
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("MP_JWT_VERIFY_ISSUER", ISSUER);
    settings.put("MP_JWT_VERIFY_PUBLICKEY", provider.toPublicJWK().toJSONString());
    settings.put("MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "ES256");
    settings.put("MP_JWT_VERIFY_CLOCK_SKEW", "0");
    settings.put("AUTH_JWT_ROLES", "viewers=runs:read");
    try (LibertyServer server = LibertyServer.with(settings).start().awaitReady()) {
      String run = demo(server);
      Instant end = Clock.systemUTC().instant().plusSeconds(8);
      String token = token(provider, end);

      try (EventStream live = open(server, "/runs/" + run + "/stream?heartbeatMs=60000", token);
          EventStream list = open(server, "/runs/stream", token)) {
        assertThat(live.answer().statusCode()).isEqualTo(200);
        for (EventStream stream : List.of(live, list)) {
          assertThat(stream.rest()).last().isEqualTo(refused());
        }
        assertThat(Clock.systemUTC().instant()).isBetween(end, end.plus(SECONDS));
        send(server, "GET", "/runs/stream", token, "").isError(401, "UNAUTHORIZED");
      }
    }
  }

  private static Frame refused() {
    return new Frame("error", Optional.empty(), "Invalid authorization token");
  }

  /** A run that has ended. */
  private static String demo(LibertyServer server) {
    String run =
        send(server, "POST", "/demo/runs", ROOT, "{\"scenario\":\"fraud-approve\"}").field("runId");
    Patience.until(
        () -> "the run has ended",
        () -> send(server, "GET", "/runs/" + run, ROOT, "").field("status").equals("completed"));
    return run;
  }

  private static EventStream open(LibertyServer server, String path, String bearer) {
    return EventStream.open(server.uri(path), "Authorization", "Bearer " + bearer);
  }

  private static String token(ECKey key, Instant end) throws JOSEException {
    Map<String, Object> claims =
        Map.of(
            "iss", ISSUER, "sub", "u-1", "exp", end.getEpochSecond(), "groups", List.of("viewers"));
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new Payload(Json.write(claims)));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static Answer send(
      LibertyServer server, String method, String path, String bearer, String body) {
    return new Api(server)
        .send(
            HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
  }
}
