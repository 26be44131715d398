// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.macp.controlplane.runtime.credential.Credentials;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Puts the metadata of the credential chain on a call, without blocking a thread. */
final class CallAuthorization extends CallCredentials {
  private final Supplier<CompletionStage<Map<String, String>>> headers;

  private CallAuthorization(Supplier<CompletionStage<Map<String, String>>> headers) {
    this.headers = headers;
  }

  /** For calls that wait for a token to be minted. */
  static CallAuthorization patient(Credentials credentials) {
    return new CallAuthorization(credentials::headers);
  }

  /** For calls with so little time that they go with what is at hand. */
  static CallAuthorization hasty(Credentials credentials) {
    return new CallAuthorization(
        () -> CompletableFuture.completedStage(credentials.headersAtHand()));
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
    var unused =
        headers
            .get()
            .whenComplete(
                (chosen, failure) -> {
                  if (failure == null) {
                    applier.apply(metadata(chosen));
                  } else {
                    applier.fail(Status.INTERNAL.withCause(failure));
                  }
                });
  }

  private static Metadata metadata(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return metadata;
  }
}
