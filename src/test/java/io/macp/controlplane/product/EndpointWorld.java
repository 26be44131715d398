// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.KeyedClient.Ask;
import io.macp.controlplane.product.KeyedClient.Reply;
import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.LibertyServer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server that asks for keys, and one of everything that the rows of the table of endpoints name
 * in braces. For one thread.
 */
final class EndpointWorld implements AutoCloseable {
  static final String ROOT = "root-key-of-the-table";
  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final String POLICY =
      "{\"policyId\":\"NAME\",\"mode\":\"*\",\"description\":\"of a test\",\"rules\":{}}";

  /** Lets the control plane suspend and resume, as it may only where a policy says so. */
  private static final String OURS =
      "{\"commitment\":{\"authority\":\"designated_role\","
          + "\"designated_roles\":[\"macp-control-plane\"]}}";

  private static final Map<String, String> USUAL =
      Map.of(
          "AUTH_API_KEYS", ROOT,
          "MACP_DEMO_PACE", "0.02",
          "OUTBOUND_ALLOWED_HOSTS", "127.0.0.1",
          "SESSION_POLL_TIMEOUT_MS", "600000",
          "THROTTLE_LIMIT", "100000");

  private final LibertyServer server;
  private final KeyedClient client;
  private final HookReceiver receiver = HookReceiver.open();
  private final HookReceiver moody = HookReceiver.open();
  private final Map<Scope, String> keys = new EnumMap<>(Scope.class);
  private final Map<String, String> things = new HashMap<>();

  private EndpointWorld(Map<String, String> settings) {
    this.server = LibertyServer.with(settings);
    this.client = new KeyedClient(server);
  }

  /** A world that is not started yet, with these settings beside the usual ones. */
  static EndpointWorld with(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(USUAL);
    all.put("EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort()));
    all.putAll(settings);
    return new EndpointWorld(all);
  }

  EndpointWorld start() {
    server.start().awaitReady();
    for (Scope scope : Scope.values()) {
      keys.put(
          scope, made("/admin/api-keys", key("of " + scope.wireName(), scope.wireName()), "key"));
    }
    things.put("key", made("/admin/api-keys", key("to revoke", "runs:read"), "id"));
    makeRuns();
    makeWebhooks();
    made("/runtime/policies", POLICY.replace("NAME", "policy.shown"), "ok");
    made("/runtime/policies", POLICY.replace("NAME", "policy.doomed"), "ok");
    made("/runtime/policies", POLICY.replace("NAME", "policy.ours").replace("{}", OURS), "ok");
    makeSession("running", "policy.ours");
    makeSession("foreign", "");
    return this;
  }

  private static String key(String name, String scope) {
    return "{\"name\":\"" + name + "\",\"scopes\":[\"" + scope + "\"]}";
  }

  private void makeRuns() {
    for (String name : List.of("finished", "doomed", "condemned", "shelved", "boxed")) {
      String run = made("/demo/runs", "{\"scenario\":\"fraud-approve\"}", "runId");
      Patience.until(
          () -> name + " has ended",
          () -> get("/runs/" + run).contains("\"status\":\"completed\""));
      things.put(name, run);
    }
    for (String name : List.of("waiting", "stuck", "agreed", "granted", "traced")) {
      String session = OutsideAgent.newSessionId();
      Map<String, @Nullable Object> body =
          name.equals("agreed") || name.equals("granted")
              ? Api.changed("session.metadata", Map.of("cancellationDelegated", true))
              : Api.descriptor(session);
      things.put(name, made("/runs", Json.write(body), "runId"));
      things.put(name + "session", session);
    }
    String known = get("/runs/" + things.get("finished") + "/export?includeRaw=true");
    things.put("known", known);
    things.put("bundle", ID.matcher(known).replaceAll(EndpointWorld::otherId));
  }

  /** A session that an agent has opened; its run has the same id. */
  private void makeSession(String name, String policy) {
    String health = get("/runtime/health");
    int port = Integer.parseInt(health.replaceFirst("(?s).*connected to [^:]*:(\\d+).*", "$1"));
    try (OutsideAgent agent = OutsideAgent.at(port)) {
      agent.openUnder(policy);
      String run = "/runs/" + agent.sessionId();
      Patience.until(() -> name + " runs", () -> get(run).contains("\"status\":\"running\""));
      things.put(name, agent.sessionId());
    }
  }

  private static String otherId(MatchResult id) {
    return UUID.nameUUIDFromBytes(("a copy of " + id.group()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private void makeWebhooks() {
    moody.answers(call -> moody.calls().size() > 1 ? 0 : 500);
    things.put("hook", receiver.url());
    things.put("webhook", webhook(receiver.url()));
    things.put("forgotten", webhook(receiver.url()));
    things.put("moody", webhook(moody.url()));
    things.put("delivery", made("/webhooks/" + things.get("webhook") + "/test", "", "id"));
    things.put("failed", made("/webhooks/" + things.get("moody") + "/test", "", "id"));
  }

  private String webhook(String url) {
    return made("/webhooks", "{\"url\":\"" + url + "\",\"secret\":\"s\",\"active\":false}", "id");
  }

  private String made(String path, String body, String field) {
    Reply reply = client.send(Ask.json("POST", path, body), ROOT);
    assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(201);
    return String.valueOf(Json.readTree(reply.text()).get(field));
  }

  private String get(String path) {
    return client.send(Ask.json("GET", path, ""), ROOT).text();
  }

  /** The text with a thing in the place of each name of one. */
  String filled(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(things.getOrDefault(name.group(1), name.group())));
  }

  Reply asRoot(Ask ask) {
    return client.send(filled(ask), ROOT);
  }

  Reply asNobody(Ask ask) {
    return client.send(filled(ask), null);
  }

  /** With a key that grants this scope and no other. */
  Reply with(Scope scope, Ask ask) {
    return client.send(filled(ask), keys.get(scope));
  }

  private Ask filled(Ask ask) {
    return new Ask(ask.method(), filled(ask.path()), ask.type(), filled(ask.body()));
  }

  int port() {
    return server.port();
  }

  String log() {
    return server.log();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    receiver.close();
    moody.close();
  }
}
