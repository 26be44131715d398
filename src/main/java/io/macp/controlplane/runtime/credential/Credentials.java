// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The credential chain (contract, section 13.2): for each call the first of minted token, static
 * token and development header that is at hand, else nothing. Thread-safe; never blocks.
 *
 * <p>Development mode sends the identity twice: as {@code x-macp-agent-id}, which the contract
 * names, and as the bearer value, because runtimes take that as the sender in development mode and
 * ignore the older header (wire contract, section 10.1).
 */
public final class Credentials implements AutoCloseable {
  private final CredentialConfig config;
  private final Optional<TokenMint> mint;
  private final Optional<MintedTokens> minted;

  /**
   * @param executor runs the answers of the auth service
   */
  public Credentials(CredentialConfig config, Clock clock, Executor executor) {
    this.config = config;
    this.mint = config.minting().map(minting -> new TokenMint(minting, clock, executor));
    this.minted = mint.map(source -> new MintedTokens(source::mint, clock));
  }

  /** Metadata for a call that can wait for a token to be minted. Never completes with a failure. */
  public CompletionStage<Map<String, String>> headers() {
    return minted
        .map(MintedTokens::token)
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
        .thenApply(this::choose);
  }

  /** Metadata for a call that cannot wait: what is at hand now. */
  public Map<String, String> headersAtHand() {
    return choose(minted.flatMap(MintedTokens::tokenAtHand));
  }

  /** The runtime refused our credential: a minted token is not used again. */
  public void rejected() {
    minted.ifPresent(MintedTokens::rejected);
  }

  /**
   * How calls identify themselves now; holds no secret.
   *
   * @param link of the chain that is in use: {@code minted}, {@code static}, {@code developer} or
   *     {@code none}
   * @param configured the links that are there to be used, first choice first
   * @param mintFailure why the auth service gave no token when it was asked last
   */
  public record State(String link, List<String> configured, Optional<String> mintFailure) {}

  /** How calls identify themselves now. */
  public State state() {
    List<String> configured = new ArrayList<>();
    config.minting().ifPresent(minting -> configured.add("minted"));
    config.bearerToken().ifPresent(token -> configured.add("static"));
    config.devAgentId().ifPresent(agent -> configured.add("developer"));
    boolean without = minted.isPresent() && minted.flatMap(MintedTokens::tokenAtHand).isEmpty();
    String link = configured.stream().skip(without ? 1 : 0).findFirst().orElse("none");
    return new State(link, List.copyOf(configured), minted.flatMap(MintedTokens::failure));
  }

  /** Ends requests to the auth service; waits at most two seconds. */
  @Override
  public void close() {
    mint.ifPresent(source -> source.close(Duration.ofSeconds(2)));
  }

  private Map<String, String> choose(Optional<String> mintedToken) {
    Map<String, String> headers = new LinkedHashMap<>();
    Optional<String> bearer = mintedToken.or(config::bearerToken).or(() -> devIdentity(headers));
    bearer.ifPresent(token -> headers.put("authorization", "Bearer " + token));
    return headers;
  }

  private Optional<String> devIdentity(Map<String, String> headers) {
    config.devAgentId().ifPresent(id -> headers.put("x-macp-agent-id", id));
    return config.devAgentId();
  }
}
