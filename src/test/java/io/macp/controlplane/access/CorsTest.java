// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorsTest {
  @Test
  void namesTheOneConfiguredOriginToEverybody() {
    Cors cors = new Cors(List.of("http://a"));
    Map<String, String> expected =
        Map.of(
            "Vary", "Origin",
            "Access-Control-Allow-Origin", "http://a",
            "Access-Control-Allow-Credentials", "true");

    assertThat(cors.headers(null)).isEqualTo(expected);
    assertThat(cors.headers("http://evil")).isEqualTo(expected);
  }

  @Test
  void namesTheOriginThatAsksWhenItIsListed() {
    Cors cors = new Cors(List.of("http://a", "http://b"));

    assertThat(cors.headers("http://b")).containsEntry("Access-Control-Allow-Origin", "http://b");
    assertThat(cors.headers("http://c")).containsEntry("Access-Control-Allow-Origin", "http://a");
  }

  @Test
  void givesNoCredentialsToAllTheWorld() {
    assertThat(new Cors(List.of("*")).headers("http://evil"))
        .isEqualTo(Map.of("Vary", "Origin", "Access-Control-Allow-Origin", "*"));
  }

  @Test
  void reflectsRequestedHeadersThatAreHeaders() {
    Cors cors = new Cors(List.of("http://a"));

    assertThat(cors.preflightHeaders("authorization, content-type"))
        .isEqualTo(
            Map.of(
                "Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE",
                "Access-Control-Allow-Headers", "authorization, content-type"));
    assertThat(cors.preflightHeaders("x\r\nSet-Cookie: a=b"))
        .doesNotContainKey("Access-Control-Allow-Headers");
    assertThat(cors.preflightHeaders(null)).doesNotContainKey("Access-Control-Allow-Headers");
  }
}
