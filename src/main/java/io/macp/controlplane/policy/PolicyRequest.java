// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.view.PolicyView;
import java.util.Map;

/** Reads a policy that a caller wants to register. */
final class PolicyRequest {
  private static final String RESERVED = "policy.default";
  private static final long MOST_SCHEMA_VERSION = 0xffff_ffffL;

  private PolicyRequest() {}

  /** The policy, or one problem with everything that is wrong with it. */
  static PolicyView read(BodyFields body) {
    String policyId = body.filledText("policyId");
    if (policyId.equals(RESERVED)) {
      body.reject("policyId must not be " + RESERVED + ", which is reserved");
    }
    String mode = body.filledText("mode");
    String description = body.findText("description").orElse("");
    Map<String, Object> rules = body.tree("rules");
    long schemaVersion = body.findInteger("schemaVersion", 1, MOST_SCHEMA_VERSION).orElse(1L);
    PolicyRules.defects(rules).forEach(body::reject);
    check(body);
    String text = Json.write(PolicyRules.inWordsOfTheProtocol(rules));
    return new PolicyView(policyId, mode, description, text, schemaVersion, 0);
  }

  private static void check(BodyFields body) {
    try {
      body.checkRead();
    } catch (Problem.ProblemException e) {
      Problem found = e.problem();
      throw new Problem(
              ErrorCode.INVALID_POLICY_DEFINITION,
              ErrorCode.INVALID_POLICY_DEFINITION.status(),
              found.detail(),
              found.fieldErrors(),
              found.facts(),
              found.retryAfter())
          .asException();
    }
  }
}
