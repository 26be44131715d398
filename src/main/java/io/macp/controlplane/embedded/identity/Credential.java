// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

/**
 * What a caller presented (MACP contract, section 10.1). Its text form does not hold the token.
 *
 * @param kind the way it was presented
 */
public record Credential(Kind kind, String token) {

  /** How a credential is presented; signed tokens come as a bearer only. */
  public enum Kind {
    BEARER,
    TOKEN_HEADER
  }

  @Override
  public String toString() {
    return "Credential[" + kind + "]";
  }
}
