// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.mode.SessionTerms;

/**
 * What this session takes for agreement; fixed when it starts (section 8.3).
 *
 * @param rules those of the bound policy
 * @param needed how many accepts that count make an offer agreed
 * @param initiator who started the session
 */
record Agreement(ProposalRules rules, int needed, String initiator) {

  static Agreement under(SessionTerms terms) {
    ProposalRules rules = ProposalRules.of(terms.policy());
    int parties = terms.participants().size();
    int needed =
        switch (rules.criterion()) {
          case ALL_PARTIES -> parties;
          // An offer that has no counterparty is accepted by nobody.
          case COUNTERPARTY -> Math.max(1, parties - 1);
          case INITIATOR -> 1;
        };
    return new Agreement(rules, needed, terms.initiator());
  }

  /** Whether it matters that a participant accepts an offer of this proposer. */
  boolean counts(String participant, String proposer) {
    return switch (rules.criterion()) {
      case ALL_PARTIES -> true;
      case COUNTERPARTY -> !participant.equals(proposer);
      case INITIATOR -> participant.equals(initiator);
    };
  }
}
