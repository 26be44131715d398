// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.key.StoredKey;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.access.token.TokenVerifier.Bearer;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.Set;

/**
 * Who sends a request, fit for logs and audit rows: it tells callers apart and never holds key
 * material.
 *
 * @param kind {@code api-key}, {@code jwt} or {@code anonymous}
 * @param id stable for one key or bearer, also across restarts
 * @param name what people call the key or the bearer
 * @param scopes what the caller may do
 */
public record Caller(String kind, String id, String name, Set<Scope> scopes) {
  private static final String NOBODY = "anonymous";

  /** Whoever uses a public route: may do nothing else. */
  public static final Caller ANONYMOUS = new Caller(NOBODY, NOBODY, NOBODY, Set.of());

  /** Whoever calls while no keys are configured or stored. */
  static final Caller ANYBODY = new Caller(NOBODY, NOBODY, NOBODY, Scope.all());

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  static Caller ofConfiguredKey(String fingerprint) {
    String id = "key-" + fingerprint;
    return new Caller("api-key", id, id, Scope.all());
  }

  static Caller ofStoredKey(StoredKey key) {
    return new Caller("api-key", "key-" + key.prefix(), key.name(), key.scopes());
  }

  static Caller ofBearer(Bearer bearer) {
    return new Caller("jwt", "jwt-" + bearer.subject(), bearer.name(), bearer.scopes());
  }

  /** Whether nobody knows who this is. */
  boolean isUnknown() {
    return kind.equals(NOBODY);
  }

  /**
   * Insists on a scope, for what the mark of an endpoint cannot tell.
   *
   * @throws Problem.ProblemException with status 403 that names the scope
   */
  public void require(Scope scope) {
    if (!scope.isIn(scopes)) {
      throw Problem.of(ErrorCode.FORBIDDEN, "the scope " + scope.wireName() + " is missing")
          .with("requiredScope", scope.wireName())
          .asException();
    }
  }
}
