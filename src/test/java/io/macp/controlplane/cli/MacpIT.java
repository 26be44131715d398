// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.LibertyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command against the packaged server, which asks for a key. */
class MacpIT {
  private static final String KEY = "canary-key-of-the-command-line";
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "AUTH_API_KEYS", KEY,
              "MACP_DEMO_PACE", "0.02",
              "SESSION_POLL_TIMEOUT_MS", "600000",
              "OUTBOUND_ALLOWED_HOSTS", "127.0.0.1",
              "EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort()),
              "THROTTLE_LIMIT", "100000"));
  private static final String POLICY =
      "{\"policyId\":\"policy.cli\",\"mode\":\"macp.mode.decision.v1\",\"description\":\"d\","
          + "\"schemaVersion\":1,\"rules\":{\"voting\":{\"algorithm\":\"ALGORITHM\"}}}";

  @TempDir private static Path folder = Path.of("target");

  @BeforeAll
  static void start() {
    SERVER.start().awaitReady();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static Said macp(String... arguments) {
    return macpReading("", arguments);
  }

  private static Said macpReading(String input, String... arguments) {
    Map<String, String> environment =
        Map.of("MACP_URL", SERVER.uri("").toString(), "MACP_API_KEY", KEY);
    Said said = Said.by(environment, input, arguments);
    assertThat(said.out() + said.err()).doesNotContain(KEY);
    return said;
  }

  private static Said ok(String... arguments) {
    Said said = macp(arguments);
    assertThat(said.exit()).as("%s: %s", List.of(arguments), said).isZero();
    return said;
  }

  private static String demo(String scenario) {
    return ok("demo", scenario).out().strip();
  }

  /** A run that has ended. */
  private static String finished(String scenario) {
    String run = demo(scenario);
    ok("runs", "watch", run);
    return run;
  }

  private static String waiting() {
    String session = Ids.random().next().toString();
    String body =
        """
        {"mode": "live", "runtime": {"kind": "rust"}, "session": {"sessionId": "%s",
         "modeName": "macp.mode.decision.v1", "modeVersion": "1.0.0",
         "configurationVersion": "config.default", "ttlMs": 60000,
         "participants": [{"id": "agent://a"}]}}
        """
            .formatted(session);
    Said said = macpReading(body, "runs", "launch", "-", "--json");
    assertThat(said.exit()).as(said.err()).isZero();
    return String.valueOf(Json.readTree(said.out()).get("runId"));
  }

  @Test
  void listsShowsAndWatchesRuns() {
    String run = demo("fraud-approve");

    Said watched = ok("runs", "watch", run);
    Said listed = ok("runs", "ls", "--status", "completed", "--limit", "200");
    Said found = ok("runs", "ls", "--search", run, "--json");

    assertThat(watched.out().lines().toList()).first().asString().matches("1  .*  run.created  .*");
    assertThat(watched.err()).contains("run " + run + " completed");
    assertThat(listed.out().lines().toList().getFirst()).startsWith("ID ").contains("STATUS");
    assertThat(listed.out()).contains(run);
    assertThat(Json.readTree(found.out())).containsEntry("total", 1);
    assertThat(ok("runs", "show", run).out()).contains("status: completed", "id: " + run);
  }

  @Test
  void launchesAndCancelsARunAndSaysWhatItWaitsFor() {
    String run = waiting();

    Said diagnosed = awaitDiagnosis(run);
    Said cancelled = ok("runs", "cancel", run, "--reason", "of a test", "--force");
    Said watched = macp("runs", "watch", run);

    assertThat(diagnosed.out()).contains("WARNING session-not-opened", "sessionId:", "cause:");
    assertThat(macp("doctor", run, "--strict").exit()).isZero();
    assertThat(cancelled.out()).contains("status: cancelled");
    assertThat(watched.exit()).isEqualTo(Exit.NO.code());
    assertThat(watched.err()).contains("cancelled");
  }

  private static Said awaitDiagnosis(String run) {
    for (int tries = 0; tries < 400; tries++) {
      Said said = macp("doctor", run, "--strict");
      if (said.exit() == Exit.NO.code() && said.out().contains("session-not-opened")) {
        return said;
      }
      io.macp.controlplane.testing.Pause.shortly();
    }
    throw new AssertionError(macp("doctor", run));
  }

  @Test
  void comparesExportsAndImportsRuns() throws IOException {
    String left = finished("fraud-approve");
    String right = finished("release-approved");
    Path file = folder.resolve("run.jsonl");

    assertThat(ok("runs", "diff", left, left).out()).isEqualTo("equal\n");
    Said different = macp("runs", "diff", left, right);
    ok("runs", "export", left, "--raw", "-o", file.toString());
    Said again = macp("runs", "import", file.toString());
    String foreign = Files.readString(file);
    for (String id : List.of(left)) {
      foreign = foreign.replace(id, Ids.random().next().toString());
    }

    assertThat(different.exit()).isEqualTo(Exit.NO.code());
    assertThat(different.out()).contains("participants", "differences");
    assertThat(ok("runs", "export", left).out()).startsWith("{").contains(left);
    assertThat(again.exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(again.err()).contains("409");
    Path copy = Files.writeString(folder.resolve("copy.jsonl"), foreign);
    Said imported = macp("runs", "import", copy.toString());
    assertThat(imported.exit()).as(imported.toString()).isIn(0, Exit.REFUSED.code());
  }

  @Test
  void printsTheEventsOfARunAndGoesOn() {
    String run = finished("fraud-approve");

    List<String> all = ok("events", "tail", run).out().lines().toList();
    List<String> followed = ok("events", "tail", run, "--follow").out().lines().toList();
    Said rest = ok("events", "tail", run, "--from", "5", "--json");

    assertThat(all).hasSizeGreaterThan(10).isEqualTo(followed);
    assertThat(rest.out().lines().toList())
        .allSatisfy(line -> assertThat(Json.readTree(line)).containsEntry("runId", run))
        .hasSizeLessThan(all.size());
  }

  @Test
  void followsTheEventsOfAllRuns() throws InterruptedException {
    String begin = Clock.systemUTC().instant().toString();
    Heard heard = new Heard();
    Thread follower =
        Thread.ofVirtual()
            .start(() -> heard.by("events", "tail", "--follow", "--since", begin, "--json"));
    String one = finished("fraud-approve");
    String other = finished("release-approved");
    for (int tries = 0; tries < 400 && !heard.ended(one, other); tries++) {
      io.macp.controlplane.testing.Pause.shortly();
    }
    follower.interrupt();
    follower.join();

    for (String run : List.of(one, other)) {
      assertThat(heard.of(run))
          .isEqualTo(ok("events", "tail", run, "--json").out().lines().toList());
    }
    assertThat(ok("events", "tail", "--since", begin).out())
        .contains(one + "  1  ", other + "  1  ");
  }

  /** What is printed until somebody interrupts it. */
  private static final class Heard {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void by(String... arguments) {
      PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
      int unused =
          Macp.run(
              Map.of("MACP_URL", SERVER.uri("").toString(), "MACP_API_KEY", KEY),
              InputStream.nullInputStream(),
              printed,
              new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
              arguments);
    }

    List<String> of(String run) {
      return out.toString(StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains("\"runId\":\"" + run + "\""))
          .toList();
    }

    boolean ended(String... runs) {
      return Stream.of(runs)
          .allMatch(run -> of(run).stream().anyMatch(line -> line.contains("\"run.completed\"")));
    }
  }

  @Test
  void listsTriesAndRepeatsWhatSubscribersAreTold() {
    try (HookReceiver receiver = HookReceiver.open()) {
      String id = webhook(receiver.url());

      assertThat(ok("webhooks", "ls").out()).contains(id, receiver.url());
      assertThat(ok("webhooks", "test", id).out()).startsWith("delivered 204");
      receiver.answers(call -> 500);
      Said failed = macp("webhooks", "test", id);
      assertThat(ok("webhooks", "replay", id).out()).contains("sent again");
      assertThat(macp("webhooks", "test", Ids.random().next().toString()).exit())
          .isEqualTo(Exit.UNKNOWN.code());
      assertThat(failed.out()).contains("500");
    }
  }

  private static String webhook(String url) {
    String made =
        new Server(SERVER.uri("").toString(), KEY)
            .post("/webhooks", "{\"url\":\"" + url + "\",\"secret\":\"s\",\"active\":false}")
            .path("id")
            .asText();
    assertThat(made).isNotEmpty();
    return made;
  }

  private static String policy(String algorithm) throws IOException {
    Path file = folder.resolve(algorithm + ".json");
    return Files.writeString(file, POLICY.replace("ALGORITHM", algorithm)).toString();
  }

  @Test
  void checksTriesAndRegistersPolicies() throws IOException {
    String run = finished("fraud-approve");
    String strict = policy("unanimous");
    String wrong = policy("astrology");

    assertThat(ok("policies", "lint", strict).out()).isEqualTo("ok\n");
    Said refused = macp("policies", "lint", wrong);
    Said simulated = macp("policies", "simulate", strict, run);
    Said registered = macp("policies", "register", strict);

    assertThat(refused.exit()).as(refused.toString()).isEqualTo(Exit.NO.code());
    assertThat(refused.out()).contains("astrology");
    assertThat(simulated.out()).as(simulated.toString()).contains("recorded", "would be");
    assertThat(simulated.exit()).as(simulated.toString()).isZero();
    assertThat(registered.exit()).as(registered.toString()).isZero();
    assertThat(registered.out()).isEqualTo("registered\n");
  }

  @Test
  void checksAndRebuildsReadModels() {
    String run = finished("fraud-approve");

    assertThat(ok("projection", "verify", run).out()).contains(run + " equal at ");
    assertThat(ok("projection", "rebuild", run).out()).contains(run + " rebuilt to ");
  }

  @Test
  void saysHowTheInstallationIs() {
    Said said = macp("doctor", "--json");

    assertThat(said.exit()).as(said.toString()).isZero();
    assertThat(Json.readTree(said.out())).containsKeys("status", "checks", "findings");
    assertThat(ok("doctor").out()).contains(" looked for");
    assertThat(ok("demo").out()).contains("fraud-approve");
  }

  @Test
  void endsAsTheAnswerSays() {
    String nobody = Ids.random().next().toString();

    assertThat(macp("runs", "show", nobody).exit()).isEqualTo(Exit.UNKNOWN.code());
    assertThat(macp("runs", "show", "odd").exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(macp("runs", "watch", nobody).exit()).isEqualTo(Exit.UNKNOWN.code());
    assertThat(macp("runs", "ls", "--key", "wrong").exit()).isEqualTo(Exit.FORBIDDEN.code());
  }

  @Test
  void runsAsAJarByItself() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "macp-cli.jar").toAbsolutePath().toString(),
                "runs",
                "ls",
                "--url",
                SERVER.uri("").toString(),
                "--json")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(Exit.FORBIDDEN.code());
    assertThat(said).startsWith("401 ");
  }
}
