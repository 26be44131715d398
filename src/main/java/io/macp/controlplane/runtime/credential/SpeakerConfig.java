// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Right;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * With which credentials the control plane speaks for agents, in its initiator mode only (contract,
 * section 6.3). The credential of the observer is never among them. Its text form holds no secret.
 *
 * @param minting where tokens for agents are minted
 * @param tokens static tokens by the agent that they belong to; they win
 * @param unproven what is shown for an agent without token
 */
public record SpeakerConfig(
    Optional<Minting> minting, Map<String, String> tokens, Unproven unproven) {
  private static final String TOKENS = "RUNTIME_AGENT_TOKENS_JSON";

  public SpeakerConfig {
    tokens = Map.copyOf(tokens);
  }

  /** What the runtime gets to see for an agent without token. */
  public enum Unproven {
    /** Its mere name, which runtimes in development mode take. */
    NAME,
    /** Nothing; the runtime refuses. */
    NOTHING
  }

  /** Reads the settings, beside those of the observer. */
  public static SpeakerConfig from(Settings settings, CredentialConfig observer) {
    return new SpeakerConfig(
        observer.minting(),
        settings.find(TOKENS).map(SpeakerConfig::tokens).orElse(Map.of()),
        observer.devAgentId().isPresent() ? Unproven.NAME : Unproven.NOTHING);
  }

  /** The same towards a runtime that takes every name for what it is. */
  public SpeakerConfig takenByName() {
    return new SpeakerConfig(minting, tokens, Unproven.NAME);
  }

  /** How one agent is spoken for. */
  public CredentialConfig of(String sender) {
    Optional<String> name =
        unproven == Unproven.NAME && CredentialConfig.isHeaderSafe(sender)
            ? Optional.of(sender)
            : Optional.empty();
    Optional<String> token = Optional.ofNullable(tokens.get(sender));
    return new CredentialConfig(
        token.isPresent() ? Optional.empty() : minting.map(each -> as(sender, each)), token, name);
  }

  private static Minting as(String sender, Minting minting) {
    return new Minting(
        minting.service(), minting.timeout(), minting.ttl(), sender, Set.of(Right.SPEAK));
  }

  private static Map<String, String> tokens(String text) {
    Map<String, String> tokens = new LinkedHashMap<>();
    try {
      if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> object) {
        object.forEach((agent, token) -> tokens.put(String.valueOf(agent), token(token)));
        return tokens;
      }
    } catch (Json.MalformedJson e) {
      // falls through to the one message for every kind of wrong
    }
    throw wrong();
  }

  private static String token(Object token) {
    if (token instanceof String text && CredentialConfig.isHeaderSafe(text)) {
      return text;
    }
    throw wrong();
  }

  private static InvalidSetting wrong() {
    return new InvalidSetting(
        TOKENS, "must be a JSON object of agents and their tokens, each printable ASCII");
  }

  @Override
  public String toString() {
    return "SpeakerConfig[minting=%s, tokens=%d, unproven=%s]"
        .formatted(minting.isPresent() ? "set" : "none", tokens.size(), unproven);
  }
}
