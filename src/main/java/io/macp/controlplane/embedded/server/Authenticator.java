// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.macp.controlplane.embedded.identity.AuthChain;
import io.macp.controlplane.embedded.identity.Credential;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.identity.Resolution;
import java.util.Optional;

/**
 * Asks the authentication chain who is calling (MACP contract, section 10.1) and leaves the answer
 * with the call; each call decides for itself what it needs. Thread-safe.
 */
final class Authenticator implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("x-macp-token", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";
  private static final Resolution NOTHING = new Resolution.Refused(AuthChain.EXPECTED);
  private static final Context.Key<Resolution> CALLER =
      Context.keyWithDefault("macp-caller", NOTHING);

  private final AuthChain chain;

  Authenticator(AuthChain chain) {
    this.chain = chain;
  }

  /** The caller of the current gRPC call, when its credential is good. */
  static Optional<Identity> caller() {
    return CALLER.get().findIdentity();
  }

  /** The caller of the current gRPC call; without a good credential the call fails. */
  static Identity requireCaller() {
    return caller().orElseThrow(Authenticator::refused);
  }

  /** How a call ends whose credential is not good. */
  static StatusRuntimeException refused() {
    return Status.UNAUTHENTICATED.withDescription(reason()).asRuntimeException();
  }

  /** Why the current call has no caller. */
  static String reason() {
    return CALLER.get() instanceof Resolution.Refused refused
        ? refused.reason()
        : AuthChain.EXPECTED;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Resolution resolution = credential(headers).map(chain::identify).orElse(NOTHING);
    Context context = Context.current().withValue(CALLER, resolution);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static Optional<Credential> credential(Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    if (authorization == null) {
      return Optional.ofNullable(headers.get(TOKEN))
          .map(token -> new Credential(Credential.Kind.TOKEN_HEADER, token));
    }
    return Optional.of(authorization)
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()))
        .map(token -> new Credential(Credential.Kind.BEARER, token));
  }
}
