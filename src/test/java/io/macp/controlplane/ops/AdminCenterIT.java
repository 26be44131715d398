// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LibertyServer;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators switch on at Open Liberty itself: a port with TLS, and its own console. */
class AdminCenterIT {
  private static final String KEY = "key-of-a-test";
  private static final String STORE_PASSWORD = "store of a test";
  private static final String PASSWORD = "pass/of a test";
  private static final String LOGGED_IN = "LtpaToken2";
  private static final String LOGIN = "/adminCenter/login.jsp";

  private static LibertyServer server;
  private static String https;
  private static String admin;
  private static SSLContext trust;

  @BeforeAll
  static void start() throws Exception {
    int httpsPort = LibertyServer.freePort();
    int adminPort = LibertyServer.freePort();
    https = "https://localhost:" + httpsPort;
    admin = "https://localhost:" + adminPort;
    server =
        LibertyServer.with(
                Map.of(
                    "HTTPS_PORT", Integer.toString(httpsPort),
                    "ADMIN_PORT", Integer.toString(adminPort),
                    "ADMIN_PASSWORD", PASSWORD,
                    "TLS_KEYSTORE_PASSWORD", STORE_PASSWORD,
                    "AUTH_API_KEYS", KEY))
            .start()
            .awaitReady();
    trust = trustInItsOwnCertificate();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Opens the store that the server made, by the password that it was given. */
  private static SSLContext trustInItsOwnCertificate() throws Exception {
    Path store = server.dataFolder().resolveSibling("output/macp/resources/security/tls.p12");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      keys.load(content, STORE_PASSWORD.toCharArray());
    }
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("own", keys.getCertificate("default"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }

  /** A browser that has visited nothing yet; it sends cookies as browsers do. */
  private static final class Visitor implements AutoCloseable {
    private final Map<String, String> cookies = new TreeMap<>();
    private final HttpClient client = HttpClient.newBuilder().sslContext(trust).build();

    HttpResponse<String> get(String address, String... headers) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      return send(request);
    }

    HttpResponse<String> logIn(String password) throws Exception {
      get(admin + LOGIN);
      String form =
          "j_username=admin&j_password="
              + URLEncoder.encode(password, UTF_8)
              + "&X-CSRF-Token="
              + cookies.getOrDefault("csrfToken", "");
      return send(
          HttpRequest.newBuilder(URI.create(admin + "/adminCenter/j_security_check"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      if (!cookies.isEmpty()) {
        request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ")));
      }
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      for (String set : answer.headers().allValues("set-cookie")) {
        String[] parts = set.split("[=;]", 3);
        cookies.put(parts[0], parts[1]);
      }
      return answer;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @Test
  void servesTheApplicationByTlsBesideThePlainPort() throws Exception {
    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.get(https + "/healthz").body()).contains("\"ok\":true");
      assertThat(visitor.get(https + "/runs", "Authorization", "Bearer " + KEY).statusCode())
          .isEqualTo(200);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsNobodyIntoTheConsoleWithoutThePassword() throws Exception {
    try (Visitor visitor = new Visitor()) {
      HttpResponse<String> asked = visitor.get(admin + "/adminCenter/");
      HttpResponse<String> refused = visitor.logIn("another");

      assertThat(asked.statusCode()).isEqualTo(302);
      assertThat(asked.headers().firstValue("location")).contains(admin + LOGIN);
      assertThat(refused.headers().firstValue("location").orElse("")).contains("login-error");
      assertThat(visitor.cookies).doesNotContainKey(LOGGED_IN);
      assertThat(visitor.get(admin + "/adminCenter/").statusCode()).isEqualTo(302);
      assertThat(visitor.get(admin + "/ibm/api/config").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void letsTheAdministratorIntoTheConsoleAndNotIntoTheApplication() throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
    try (Visitor visitor = new Visitor()) {
      HttpResponse<String> admitted = visitor.logIn(PASSWORD);

      assertThat(admitted.headers().firstValue("location")).contains(admin + "/adminCenter/");
      assertThat(visitor.cookies).containsKey(LOGGED_IN);
      assertThat(visitor.get(admin + "/adminCenter/").statusCode()).isEqualTo(200);
      assertThat(visitor.get(admin + "/ibm/api/config").statusCode()).isEqualTo(200);
      HttpResponse<String> runs = visitor.get(https + "/runs");
      assertThat(runs.statusCode()).isEqualTo(401);
      assertThat(runs.headers().allValues("www-authenticate")).containsExactly("Bearer");
      assertThat(visitor.get(https + "/runs", "Authorization", basic).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void showsNothingOfTheConsoleInPlain() {
    assertThat(server.get("/adminCenter/").statusCode()).isEqualTo(302);
    assertThat(server.get("/ibm/api/config").statusCode()).isEqualTo(302);
  }
}
