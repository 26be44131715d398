// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

/**
 * Every code that a client can meet in an error body, with the HTTP status that goes with it. The
 * names are stable (control-plane contract, section 1.5).
 */
public enum ErrorCode {
  VALIDATION_ERROR(400),
  INVALID_SESSION_ID(400),
  MODE_NOT_SUPPORTED(400),
  UNKNOWN_POLICY_VERSION(400),
  INVALID_POLICY_DEFINITION(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  POLICY_DENIED(403),
  NOT_FOUND(404),
  RUN_NOT_FOUND(404),
  COMMITMENT_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  CONFLICT(409),
  INVALID_STATE_TRANSITION(409),
  SESSION_ALREADY_EXISTS(409),
  ENDPOINT_REMOVED(410),
  SESSION_EXPIRED(410),
  PAYLOAD_TOO_LARGE(413),
  RATE_LIMITED(429),
  INTERNAL_ERROR(500),
  STREAM_EXHAUSTED(500),
  RUN_FAILED(500),
  NOT_IMPLEMENTED(501),
  UNAUTHENTICATED(502),
  KICKOFF_FAILED(502),
  MESSAGE_SEND_FAILED(502),
  SIGNAL_DISPATCH_FAILED(502),
  CONTEXT_UPDATE_FAILED(502),
  RUNTIME_UNAVAILABLE(503),
  CIRCUIT_BREAKER_OPEN(503),
  DATABASE_UNAVAILABLE(503),
  RUNTIME_TIMEOUT(504);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The HTTP status that an answer with this code carries unless the contract says otherwise. */
  public int status() {
    return status;
  }
}
