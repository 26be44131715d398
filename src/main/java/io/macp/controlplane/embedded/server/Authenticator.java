// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.macp.controlplane.embedded.server.Identity.Right;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds out who is calling (MACP contract, section 10.1) and leaves the answer with the call; each
 * call decides for itself what it needs. Static tokens come first; any other token is its own
 * sender while no static tokens are configured, which is safe because the server only listens on
 * the loopback address. Thread-safe.
 */
final class Authenticator implements ServerInterceptor {
  static final String OBSERVER = "macp-control-plane";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("x-macp-token", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";
  private static final Context.Key<Optional<Identity>> CALLER = Context.key("macp-caller");

  private final StaticTokens tokens;
  private final boolean devMode;

  Authenticator(String tokensJson, String observerToken) {
    this.tokens = StaticTokens.parse(tokensJson);
    this.devMode = tokens.isEmpty();
    tokens.add(
        observerToken,
        new Identity(
            OBSERVER,
            Optional.empty(),
            OptionalInt.empty(),
            Set.of(Right.OBSERVE, Right.MANAGE_REGISTRY)));
  }

  /** The caller of the current gRPC call, when its credential is good. */
  static Optional<Identity> caller() {
    Optional<Identity> caller = CALLER.get();
    return caller == null ? Optional.empty() : caller;
  }

  /** The caller of the current gRPC call; without a good credential the call fails. */
  static Identity requireCaller() {
    return caller()
        .orElseThrow(
            () -> Status.UNAUTHENTICATED.withDescription(EXPECTED_CREDENTIAL).asRuntimeException());
  }

  static final String EXPECTED_CREDENTIAL =
      "expected metadata 'authorization: Bearer <token>' with a token that is known here";

  boolean isDevMode() {
    return devMode;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context = Context.current().withValue(CALLER, identify(headers));
    return Contexts.interceptCall(context, call, headers, next);
  }

  private Optional<Identity> identify(Metadata headers) {
    return token(headers).filter(token -> !token.isBlank()).flatMap(this::identify);
  }

  private static Optional<String> token(Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    if (authorization != null) {
      return authorization.startsWith(BEARER)
          ? Optional.of(authorization.substring(BEARER.length()))
          : Optional.empty();
    }
    return Optional.ofNullable(headers.get(TOKEN));
  }

  private Optional<Identity> identify(String token) {
    Optional<Identity> known = tokens.find(token);
    return known.isPresent() || !devMode ? known : Optional.of(self(token));
  }

  private static Identity self(String sender) {
    return new Identity(
        sender,
        Optional.empty(),
        OptionalInt.empty(),
        Set.of(Right.START_SESSIONS, Right.MANAGE_REGISTRY));
  }
}
