// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The block {@code participants} (control-plane contract, section 9.1), in order of appearance. */
record Participants(List<Participant> all) {
  /** Twice what a session may declare; whoever comes later stays out of the read model. */
  static final int CAP = 2000;

  static final Participants EMPTY = new Participants(List.of());

  boolean knows(String participantId) {
    return indexOf(participantId) >= 0;
  }

  private int indexOf(String participantId) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).participantId().equals(participantId)) {
        return i;
      }
    }
    return -1;
  }

  /** Everybody but one, for what is said to all. */
  Set<String> othersThan(String participantId) {
    Set<String> others = new LinkedHashSet<>();
    all.forEach(known -> others.add(known.participantId()));
    others.remove(participantId);
    return others;
  }

  /** How many votes make all votes: the voters, or everybody when nobody has that role. */
  int voters() {
    int voters = 0;
    for (Participant known : all) {
      voters += known.isVoter() ? 1 : 0;
    }
    return voters > 0 ? voters : all.size();
  }

  Participants seen(String participantId, Optional<String> role) {
    return participantId.isEmpty() || all.size() >= CAP || knows(participantId)
        ? this
        : new Participants(Newest.append(all, Participant.idle(participantId, role), CAP));
  }

  /** Notices a participant; an unknown one becomes known. */
  Participants touch(String participantId, Participant.Touch touch, ShownStatus run) {
    int known = indexOf(participantId);
    if (known >= 0) {
      return new Participants(Newest.replace(all, known, all.get(known).touched(touch, run)));
    }
    if (participantId.isEmpty() || all.size() >= CAP) {
      return this;
    }
    Participant newcomer = Participant.idle(participantId, Optional.empty()).touched(touch, run);
    return new Participants(Newest.append(all, newcomer, CAP));
  }

  /** Notices participants in one pass; unknown ones become known. */
  Participants touch(Collection<String> ids, Participant.Touch touch, ShownStatus run) {
    Set<String> unknown = new LinkedHashSet<>(ids);
    unknown.remove("");
    List<Participant> next = new ArrayList<>(all.size() + unknown.size());
    for (Participant known : all) {
      boolean meant = unknown.remove(known.participantId());
      next.add(meant ? known.touched(touch, run) : known);
    }
    unknown.stream()
        .limit(Math.max(0, CAP - all.size()))
        .forEach(id -> next.add(Participant.idle(id, Optional.empty()).touched(touch, run)));
    return new Participants(Newest.copyOf(next));
  }

  /** Settles everybody when the run ends: the last one who moved in a failed run failed. */
  Participants sweep(ShownStatus outcome) {
    Optional<Participant> last = outcome == ShownStatus.FAILED ? lastToMove() : Optional.empty();
    return new Participants(
        all.stream()
            .map(known -> known.status().isSettled() ? known : settle(known, last))
            .toList());
  }

  private static Participant settle(Participant participant, Optional<Participant> failed) {
    if (participant.latestActivityAt().isEmpty()) {
      return participant.withStatus(ParticipantStatus.SKIPPED);
    }
    return participant.withStatus(
        failed.filter(participant::equals).isPresent()
            ? ParticipantStatus.FAILED
            : ParticipantStatus.COMPLETED);
  }

  /** The first of those with the greatest time of activity. */
  private Optional<Participant> lastToMove() {
    return all.stream()
        .filter(known -> known.latestActivityAt().isPresent())
        .reduce((best, next) -> movedAt(next).compareTo(movedAt(best)) > 0 ? next : best);
  }

  private static String movedAt(Participant participant) {
    return participant.latestActivityAt().orElse("");
  }

  List<Map<String, @Nullable Object>> tree() {
    return all.stream().map(Participant::tree).toList();
  }

  static Participants ofTrees(List<Payload> trees) {
    return new Participants(trees.stream().map(Participant::ofTree).toList());
  }
}
