// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.projection.Item.Disposition;
import io.macp.controlplane.projection.Position.Choice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a session is (protocol, sections 8.2 to 8.7). Where a policy may decide otherwise, this
 * is what holds without one: observers see the name of a policy, not its rules.
 */
enum Phase {
  /** Nothing was put forward yet. */
  OPEN,
  PROPOSAL,
  EVALUATION,
  VOTING,
  NEGOTIATING,
  CONVERGED,
  TERMINAL_REJECTED,
  REQUESTED,
  ASSIGNED,
  REPORTED,
  OFFERED,
  ANSWERED,
  BALLOTING,
  DECIDED,
  CONTRIBUTING,
  COMMITTED;

  static Phase of(Deliberation session) {
    if (session.committed()) {
      return COMMITTED;
    }
    return switch (session.mode()) {
      case DECISION -> ofDecision(session);
      case PROPOSAL -> ofNegotiation(session);
      case TASK -> ofTask(session.items());
      case HANDOFF -> ofHandoff(session.items());
      case QUORUM -> ofQuorum(session);
      case MULTI_ROUND -> session.converged() ? CONVERGED : CONTRIBUTING;
    };
  }

  private static Phase ofDecision(Deliberation session) {
    if (!session.positions().isEmpty()) {
      return VOTING;
    }
    return session.items().isEmpty() ? PROPOSAL : EVALUATION;
  }

  private static Phase ofNegotiation(Deliberation session) {
    if (session.choosing(Choice.TERMINAL_REJECT).findAny().isPresent()) {
      return TERMINAL_REJECTED;
    }
    return session.items().stream()
            .filter(item -> item.disposition() == Disposition.LIVE)
            .anyMatch(item -> acceptedByAll(session, item.id()))
        ? CONVERGED
        : NEGOTIATING;
  }

  private static boolean acceptedByAll(Deliberation session, String itemId) {
    Set<String> accepting =
        session
            .choosing(Choice.ACCEPT)
            .filter(position -> position.itemId().equals(itemId))
            .map(Position::participantId)
            .collect(Collectors.toSet());
    return !accepting.isEmpty()
        && !session.participants().isEmpty()
        && accepting.containsAll(session.participants());
  }

  private static Phase ofTask(List<Item> tasks) {
    if (tasks.isEmpty()) {
      return OPEN;
    }
    return switch (tasks.getFirst().disposition()) {
      case COMPLETED, FAILED -> REPORTED;
      case ACCEPTED -> ASSIGNED;
      case REQUESTED, REJECTED, LIVE, WITHDRAWN, OFFERED, DECLINED -> REQUESTED;
    };
  }

  private static Phase ofHandoff(List<Item> offers) {
    if (offers.isEmpty()) {
      return OPEN;
    }
    return offers.getLast().disposition() == Disposition.OFFERED ? OFFERED : ANSWERED;
  }

  private static Phase ofQuorum(Deliberation session) {
    if (session.items().isEmpty()) {
      return OPEN;
    }
    long required = session.items().getFirst().required();
    long approvals = session.choosing(Choice.APPROVE).count();
    Set<String> silent = new HashSet<>(session.participants());
    session.positions().forEach(ballot -> silent.remove(ballot.participantId()));
    boolean known = !session.participants().isEmpty();
    return approvals >= required || (known && approvals + silent.size() < required)
        ? DECIDED
        : BALLOTING;
  }
}
