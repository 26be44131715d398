// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import io.macp.controlplane.commitment.CommitmentFields;
import io.macp.controlplane.commitment.CommitmentHash;
import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.commitment.Verification;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code GET /runs/:id/commitment}. */
final class CommitmentTree {
  private CommitmentTree() {}

  static Map<String, @Nullable Object> of(
      Committed commitment, Optional<CommitmentLink> superseded, List<CommitmentLink> superseding) {
    RecordedEvent recorded = commitment.recorded();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("runId", recorded.runId().toString());
    tree.put("sessionId", commitment.data().text("sessionId").orElse(null));
    tree.put("seq", recorded.seq());
    tree.put("resolvedAt", Timestamps.format(recorded.ts()));
    tree.put("resolvedBy", commitment.data().text("sender").orElse(null));
    tree.put("messageId", commitment.data().text("messageId").orElse(null));
    tree.put("payload", payload(commitment));
    tree.put("commitmentHash", commitment.recordedHash().orElse(null));
    tree.put("verification", verification(commitment.verification()));
    tree.put("recomputation", recomputation(commitment.reading()));
    tree.put("supersedes", superseded.map(CommitmentLink::toTree).orElse(null));
    tree.put("supersededBy", superseding.stream().map(CommitmentLink::toTree).toList());
    return tree;
  }

  /** All nine fields when the bytes tell them, otherwise what was understood on arrival. */
  private static Map<String, @Nullable Object> payload(Committed commitment) {
    return switch (commitment.reading()) {
      case CommitmentReading.Hashed hashed -> payload(hashed.fields());
      case CommitmentReading.NotHashed none -> commitment.content().asMap();
    };
  }

  private static Map<String, @Nullable Object> payload(CommitmentFields fields) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("commitmentId", fields.commitmentId());
    tree.put("action", fields.action());
    tree.put("authorityScope", fields.authorityScope());
    tree.put("reason", fields.reason());
    tree.put("modeVersion", fields.modeVersion());
    tree.put("policyVersion", fields.policyVersion());
    tree.put("configurationVersion", fields.configurationVersion());
    tree.put("outcomePositive", fields.outcomePositive());
    fields
        .supersedes()
        .ifPresent(
            past ->
                tree.put(
                    "supersedes",
                    Map.of(
                        "sessionId", past.sessionId(), "commitmentHash", past.commitmentHash())));
    return tree;
  }

  private static Map<String, @Nullable Object> verification(Verification verification) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("result", verification.wireName());
    verification.why().ifPresent(reason -> tree.put("reason", reason));
    return tree;
  }

  private static @Nullable Map<String, @Nullable Object> recomputation(CommitmentReading reading) {
    return switch (reading) {
      case CommitmentReading.Hashed hashed -> steps(hashed.hash());
      case CommitmentReading.NotHashed none -> null;
    };
  }

  private static Map<String, @Nullable Object> steps(CommitmentHash hash) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("label", CommitmentHash.LABEL);
    tree.put("canonicalJson", hash.canonicalJson());
    tree.put("canonicalJsonHex", hash.canonicalHex());
    tree.put("preimageHex", hash.preimageHex());
    tree.put("commitmentHash", hash.value());
    return tree;
  }
}
