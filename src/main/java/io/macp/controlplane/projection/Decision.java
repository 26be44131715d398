// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code decision} (control-plane contract, section 9.1). */
record Decision(Optional<Current> current, Optional<Deliberation> deliberation) {
  private static final int CAP = 50;

  static final Decision EMPTY = new Decision(Optional.empty(), Optional.empty());

  /** The decision as it stands; finalised when it has a resolution. */
  record Current(
      String action,
      Optional<Double> confidence,
      List<String> reasons,
      Optional<String> proposalId,
      Optional<String> prompt,
      List<Contribution> proposals,
      Optional<Resolution> resolution) {
    private static final Current EMPTY = ofTree(Payload.EMPTY);

    Current with(Contribution contribution) {
      return new Current(
          action,
          confidence,
          reasons,
          proposalId,
          prompt,
          Newest.append(proposals, contribution, CAP),
          resolution);
    }

    Current with(Standing standing) {
      return new Current(
          standing.action(),
          standing.confidence(),
          List.of(standing.reason()),
          standing.proposalId(),
          prompt,
          proposals,
          resolution);
    }

    Current with(Resolution end) {
      return new Current(
          action, confidence, reasons, proposalId, prompt, proposals, Optional.of(end));
    }

    private Current prompted(String text) {
      return new Current(
          action, confidence, reasons, proposalId, Optional.of(text), proposals, resolution);
    }

    private Map<String, @Nullable Object> tree() {
      Fields fields =
          new Fields()
              .put("action", action)
              .put("confidence", confidence)
              .putAny("reasons", reasons, reason -> reason)
              .put("finalized", resolution.isPresent())
              .put("proposalId", proposalId)
              .put("prompt", prompt)
              .putAny("proposals", proposals, Contribution::tree);
      resolution.ifPresent(end -> end.putInto(fields));
      return fields.tree();
    }

    private static Current ofTree(Payload tree) {
      return new Current(
          tree.text("action").orElse(""),
          tree.number("confidence"),
          tree.texts("reasons"),
          tree.text("proposalId"),
          tree.text("prompt"),
          tree.objects("proposals").stream().map(Contribution::ofTree).toList(),
          tree.flag("finalized").filter(done -> done).map(done -> Resolution.ofTree(tree)));
    }
  }

  /** What a contribution or a commitment makes of the current decision. */
  record Standing(
      String action, Optional<Double> confidence, String reason, Optional<String> proposalId) {}

  /**
   * The end of the deliberation.
   *
   * @param positive the outcome; empty when resolved without one, shown as null
   * @param commitmentHash canonical hash of the commitment; empty when it has none or was recorded
   *     by an earlier release
   */
  record Resolution(
      String at,
      Optional<String> by,
      Optional<Boolean> positive,
      Optional<String> commitmentHash,
      Optional<Superseded> supersedes) {
    private void putInto(Fields fields) {
      positive.ifPresentOrElse(
          outcome -> fields.put("outcomePositive", outcome),
          () -> fields.putNull("outcomePositive"));
      fields
          .put("resolvedAt", at)
          .put("resolvedBy", by)
          .put("commitmentHash", commitmentHash)
          .put("supersedes", supersedes.map(Superseded::tree));
    }

    private static Resolution ofTree(Payload tree) {
      return new Resolution(
          tree.text("resolvedAt").orElse(""),
          tree.text("resolvedBy"),
          tree.flag("outcomePositive"),
          tree.text("commitmentHash"),
          tree.object("supersedes").flatMap(Superseded::in));
    }
  }

  /** An earlier commitment that this one replaces. */
  record Superseded(String sessionId, String commitmentHash) {
    /** The reference; empty when it names nothing. */
    static Optional<Superseded> in(Payload reference) {
      Superseded found =
          new Superseded(
              reference.text("sessionId").orElse(""), reference.text("commitmentHash").orElse(""));
      return Optional.of(found)
          .filter(named -> !named.sessionId().isEmpty() || !named.commitmentHash().isEmpty());
    }

    private Map<String, @Nullable Object> tree() {
      return new Fields().put("sessionId", sessionId).put("commitmentHash", commitmentHash).tree();
    }
  }

  /** The decision as it stands, or the one that has not begun. */
  Current standing() {
    return current.orElse(Current.EMPTY);
  }

  Decision prompted(String text) {
    return with(standing().prompted(text));
  }

  Decision with(Current next) {
    return new Decision(Optional.of(next), deliberation);
  }

  Decision with(Deliberation next) {
    return new Decision(current, Optional.of(next));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("current", current.map(Current::tree))
        .put("deliberation", deliberation.map(Deliberation::tree))
        .tree();
  }

  static Decision ofTree(Payload tree) {
    return new Decision(
        tree.object("current").map(Current::ofTree),
        tree.object("deliberation").flatMap(Deliberation::ofTree));
  }
}
