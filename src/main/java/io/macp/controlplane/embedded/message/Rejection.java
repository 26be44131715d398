// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;

/**
 * An expected no. Nothing has changed.
 *
 * @param code the registered code
 * @param message one sentence that says what was expected
 * @param denials the policy's reasons, when it was the policy that said no
 */
public record Rejection(Code code, String message, List<Verdict.Reason> denials) {
  public Rejection {
    denials = List.copyOf(denials);
  }

  /** A rejection without structured reasons. */
  public static Rejection of(Code code, String message) {
    return new Rejection(code, message, List.of());
  }

  /** The sender is not allowed to do this. */
  public static Rejection forbidden(String message) {
    return of(Code.FORBIDDEN, message);
  }

  /** The envelope, its payload, or its place in the session is wrong. */
  public static Rejection invalid(String message) {
    return of(Code.INVALID_ENVELOPE, message);
  }

  /** The sentences of the policy's reasons. */
  public List<String> reasons() {
    return denials.stream().map(Verdict.Reason::message).toList();
  }

  /** The registered error codes (MACP contract, section 3.2); names are the wire's. */
  public enum Code {
    UNAUTHENTICATED,
    FORBIDDEN,
    SESSION_NOT_FOUND,
    SESSION_NOT_OPEN,
    SESSION_ALREADY_EXISTS,
    INVALID_ENVELOPE,
    UNSUPPORTED_PROTOCOL_VERSION,
    MODE_NOT_SUPPORTED,
    PAYLOAD_TOO_LARGE,
    RATE_LIMITED,
    INVALID_SESSION_ID,
    INTERNAL_ERROR,
    UNKNOWN_POLICY_VERSION,
    POLICY_DENIED,
    INVALID_POLICY_DEFINITION
  }
}
