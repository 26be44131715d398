// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Switch;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which credentials to use (contract, sections 13.2 and 15). Its text form holds no secret.
 *
 * @param minting where to have tokens minted, tried first
 * @param bearerToken a static token, tried second
 * @param devAgentId the identity of development mode, tried last
 */
public record CredentialConfig(
    Optional<Minting> minting, Optional<String> bearerToken, Optional<String> devAgentId) {

  /** No credential at all. */
  public static final CredentialConfig NONE =
      new CredentialConfig(Optional.empty(), Optional.empty(), Optional.empty());

  public CredentialConfig {
    bearerToken.ifPresent(
        token -> {
          if (!isHeaderSafe(token)) {
            throw new IllegalArgumentException("a bearer token must be printable ASCII");
          }
        });
  }

  /** A right that a minted token may carry. */
  public enum Right {
    /** Beside observing. */
    MANAGE_MODE_REGISTRY,
    /** To start sessions and to speak in them, in place of observing. */
    SPEAK
  }

  /**
   * The auth service and what to ask of it.
   *
   * @param service base address; tokens are requested at {@code /tokens} below it
   * @param timeout for one whole request
   * @param ttl life time to ask for, and to assume when the service does not say
   * @param sender identity to ask for
   */
  public record Minting(
      URI service, Duration timeout, Duration ttl, String sender, Set<Right> rights) {
    public Minting {
      rights = Set.copyOf(rights);
    }
  }

  /**
   * Reads the settings of the credential chain.
   *
   * @param devHeader whether development mode is meant unless the setting says otherwise
   */
  public static CredentialConfig from(Settings settings, Switch devHeader) {
    Optional<String> token = settings.find("RUNTIME_BEARER_TOKEN");
    if (token.isPresent() && !isHeaderSafe(token.get())) {
      throw new InvalidSetting("RUNTIME_BEARER_TOKEN", "must be printable ASCII without spaces");
    }
    Optional<String> agent =
        settings.flag("RUNTIME_USE_DEV_HEADER", devHeader)
            ? Optional.of(devAgentId(settings))
            : Optional.empty();
    return new CredentialConfig(minting(settings), token, agent);
  }

  /** Just a static token. */
  public static CredentialConfig bearer(String token) {
    return new CredentialConfig(Optional.empty(), Optional.of(token), Optional.empty());
  }

  @Override
  public String toString() {
    return "CredentialConfig[minting=%s, bearerToken=%s, devAgentId=%s]"
        .formatted(
            minting.map(m -> m.service() + " as " + m.sender()).orElse("none"),
            bearerToken.isPresent() ? "set" : "none",
            devAgentId.orElse("none"));
  }

  static boolean isHeaderSafe(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  private static String devAgentId(Settings settings) {
    String id = settings.text("RUNTIME_DEV_AGENT_ID", "macp-control-plane");
    if (!isHeaderSafe(id)) {
      throw new InvalidSetting("RUNTIME_DEV_AGENT_ID", "must be printable ASCII without spaces");
    }
    return id;
  }

  private static Optional<Minting> minting(Settings settings) {
    Duration timeout = settings.millis("MACP_AUTH_SERVICE_TIMEOUT_MS", 5_000, 1);
    Duration ttl =
        Duration.ofSeconds(
            settings.integer("MACP_AUTH_TOKEN_TTL_SECONDS", 3_600, 60, 86_400 * 365));
    String sender = settings.text("MACP_AUTH_TOKEN_SENDER", "macp-control-plane");
    Set<Right> rights =
        settings.flag("MACP_AUTH_TOKEN_CAN_MANAGE_REGISTRY", Switch.OFF)
            ? Set.of(Right.MANAGE_MODE_REGISTRY)
            : Set.of();
    return settings
        .find("MACP_AUTH_SERVICE_URL")
        .map(url -> new Minting(serviceAddress(url), timeout, ttl, sender, rights));
  }

  private static URI serviceAddress(String text) {
    String problem = "must be an http or https address without credentials, query or fragment";
    try {
      URI uri = new URI(text.replaceAll("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && isBare(uri)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the one message for every kind of wrong
    }
    throw new InvalidSetting("MACP_AUTH_SERVICE_URL", problem);
  }

  private static boolean isBare(URI uri) {
    return uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
  }
}
