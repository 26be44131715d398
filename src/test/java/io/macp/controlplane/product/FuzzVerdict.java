// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.FuzzRequests.FuzzRequest;
import io.macp.controlplane.product.RawConnection.RawAnswer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges answers to requests that are likely to be wrong. */
final class FuzzVerdict {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":");

  /** The server itself refuses targets that are no URIs, in its own words that name the target. */
  private static final String NO_URI = "CWWWC0005I";

  private static final int BAD_REQUEST = 400;
  private static final int FAILURE = 500;

  private FuzzVerdict() {}

  /** What is wrong with an answer, if anything is. */
  static Optional<String> fault(FuzzRequest request, RawAnswer answer) {
    if (answer.status() == 0 || answer.status() >= FAILURE) {
      return Optional.of("answered " + answer.status() + ": " + answer.body());
    }
    boolean noUri = answer.status() == BAD_REQUEST && answer.body().contains(NO_URI);
    if (answer.status() < BAD_REQUEST || noUri) {
      return Optional.empty();
    }
    return faultOfRefusal(request, answer)
        .map(what -> "answered " + answer.status() + " " + what + ": " + answer.body());
  }

  private static Optional<String> faultOfRefusal(FuzzRequest request, RawAnswer answer) {
    boolean standard = answer.type().startsWith("application/problem+json");
    if (!standard && !answer.type().startsWith("application/json")) {
      return Optional.of("as " + answer.type());
    }
    Map<String, @Nullable Object> body;
    try {
      body = Json.readTree(answer.body());
    } catch (IllegalStateException e) {
      return Optional.of("without JSON");
    }
    Object status = body.get(standard ? "status" : "statusCode");
    String said = String.valueOf(body.get(standard ? "detail" : "message"));
    if (!Integer.valueOf(answer.status()).equals(status) || said.length() < 3) {
      return Optional.of("without the error body");
    }
    boolean validation =
        answer.status() == BAD_REQUEST
            && "VALIDATION_ERROR".equals(body.get("errorCode"))
            && request.method().equals(request.target().method());
    return validation && !names(request, said + body.get("metadata"))
        ? Optional.of("without a name")
        : Optional.empty();
  }

  private static boolean names(FuzzRequest request, String said) {
    FuzzTarget target = request.target();
    Set<String> names = new HashSet<>(target.query());
    names.add("body");
    names.add("JSON");
    names.add("path");
    names.add("property ");
    names.add("parameter=");
    names.add(" must hold finite numbers");
    // One segment more may make the path of another endpoint.
    names.add("policyId");
    names.add("seq");
    // An import of lines says in which of them something is wrong.
    names.add("line ");
    PARAMETER.matcher(target.template()).results().forEach(name -> names.add(name.group(1)));
    Stream.concat(target.bodies().stream(), Stream.of(request.body()))
        .flatMap(body -> FIELD.matcher(body).results())
        .forEach(name -> names.add(name.group(1)));
    return names.stream().anyMatch(said::contains);
  }
}
