// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Payloads of every shape, with the names that readers look for and values that they do not. */
public final class RandomTrees {
  private static final List<String> KEYS =
      List.of(
          "proposalId",
          "requestId",
          "commitmentId",
          "vote",
          "recommendation",
          "action",
          "option",
          "reason",
          "reasons",
          "summary",
          "rationale",
          "confidence",
          "outcomePositive",
          "progress",
          "percentage",
          "message",
          "status",
          "participants",
          "to",
          "sender",
          "messageType",
          "messageId",
          "participantId",
          "sessionId",
          "state",
          "policyVersion",
          "policyDenied",
          "decision",
          "supersedes",
          "commitmentHash",
          "signalType",
          "signalId",
          "severity",
          "llmCall",
          "tokenUsage",
          "metadata",
          "promptTokens",
          "completionTokens",
          "model",
          "prompt",
          "estimatedCostUsd",
          "latencyMs",
          "decodedPayload",
          "payload",
          "encoding",
          "json",
          "expectedCommitments",
          "id",
          "requiredRoles",
          "extensionKeys",
          "contextId",
          "decisionPrompt",
          "traceId",
          "modeName",
          "role",
          "startedAt",
          "description");

  private static final List<String> WORDS =
      List.of(
          "",
          "ALLOW",
          "approve",
          "REJECT",
          "voter",
          "p-1",
          "p-2",
          "agent-a",
          "agent-b",
          "json",
          "llm.call.completed",
          "decision.approved",
          "quorum.rejected",
          "gpt-4o",
          "running",
          "SESSION_STATE_OPEN",
          "SESSION_STATE_EXPIRED",
          "SESSION_STATE_RESOLVED",
          "suspended",
          "macp.mode.decision.v1",
          "Vote",
          "Proposal",
          "Commitment",
          "\u0000",
          "\ud83d",
          "é 漢 😀");

  private RandomTrees() {}

  public static String word(RandomGenerator random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** An object with up to six fields, three levels deep. */
  public static Payload payload(RandomGenerator random) {
    return Payload.of(object(random, 3));
  }

  private static Map<String, @Nullable Object> object(RandomGenerator random, int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      fields.put(KEYS.get(random.nextInt(KEYS.size())), value(random, depth - 1));
    }
    return fields;
  }

  private static @Nullable Object value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong(-10, 1000);
      case 3 -> number(random);
      case 4, 5 -> word(random);
      case 6 -> list(random, depth);
      default -> object(random, depth);
    };
  }

  private static Object number(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -0.0;
      case 3 -> 1e300;
      case 4 -> Long.MAX_VALUE;
      default -> random.nextDouble();
    };
  }

  private static List<@Nullable Object> list(RandomGenerator random, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(random, depth - 1));
    }
    return values;
  }
}
