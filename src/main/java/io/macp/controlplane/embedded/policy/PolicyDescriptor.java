// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registered policy, as a session copies it at its start (MACP contract, sections 1.4 and 9.1).
 *
 * @param id unique and immutable
 * @param mode the mode it governs, or {@code *}
 * @param description free text
 * @param rules what it demands
 * @param schemaVersion which reading of the rules applies
 * @param registeredAtUnixMs when it was registered; 0 for the built-in one
 */
public record PolicyDescriptor(
    String id,
    String mode,
    String description,
    Rules rules,
    int schemaVersion,
    long registeredAtUnixMs) {
  /** Stands for every mode. */
  public static final String ANY_MODE = "*";

  /** Bound when a SessionStart names no policy. */
  public static final String DEFAULT_ID = "policy.default";

  /** The schema versions whose rules this runtime can evaluate. */
  public static final Set<Integer> SCHEMA_VERSIONS = Set.of(1, 2, 3);

  /** From this version on an empty tally fails (MACP contract, section 12). */
  public static final int FAIL_CLOSED_VERSION = 3;

  /** Rules for every mode are read leniently: what one mode does not know is meant for another. */
  public PolicyDescriptor {
    rules = mode.equals(ANY_MODE) ? new Rules(rules.text(), rules.tree(), Scope.SHARED) : rules;
  }

  /** The policy that adds no constraint. */
  public static PolicyDescriptor neutral() {
    return new PolicyDescriptor(DEFAULT_ID, ANY_MODE, "No extra constraint", Rules.NONE, 1, 0);
  }

  /** True when sessions of the mode may bind this policy. */
  public boolean governs(String sessionMode) {
    return mode.equals(ANY_MODE) || mode.equals(sessionMode);
  }

  /** True for the versions whose empty tally fails. */
  public boolean failsClosed() {
    return schemaVersion >= FAIL_CLOSED_VERSION;
  }

  /**
   * The no to every commitment, when these rules cannot be evaluated (section 9.4).
   *
   * @param read the reader that a mode has read its rules with
   */
  public Optional<Verdict> notEvaluable(RuleReader read) {
    if (!SCHEMA_VERSIONS.contains(schemaVersion)) {
      return Optional.of(
          Verdict.notEvaluable(
              List.of("schema_version " + schemaVersion + " cannot be evaluated here")));
    }
    return Optional.of(read.problems())
        .filter(problems -> !problems.isEmpty())
        .map(Verdict::notEvaluable);
  }

  /** Who may commit under this policy. */
  public CommitmentAuthority authority() {
    return CommitmentAuthority.read(rules.reader());
  }

  /** What is wrong with the id, the description, the version or the size of the rules, if so. */
  public List<String> problems() {
    return PolicyBounds.problems(this);
  }

  /** Whom the rules are for. */
  public enum Scope {
    ONE_MODE,
    SHARED
  }

  /**
   * The rule object, as the text that was registered and as the tree it stands for.
   *
   * @param text JSON text, kept verbatim
   * @param tree the parsed object: maps, lists, texts, numbers, booleans
   * @param scope whether keys that a mode does not know are mistakes
   */
  public record Rules(String text, Map<String, Object> tree, Scope scope) {
    /** No rules at all. */
    public static final Rules NONE = new Rules("{}", Map.of());

    /** Rules for one mode. */
    public Rules(String text, Map<String, Object> tree) {
      this(text, tree, Scope.ONE_MODE);
    }

    /** A reader over the whole object for the mode that evaluates it; each call starts afresh. */
    public RuleReader reader() {
      return switch (scope) {
        case ONE_MODE -> RuleReader.over(tree);
        case SHARED -> RuleReader.overShared(tree);
      };
    }

    /** A reader that refuses every key that nobody asks for, whatever the scope. */
    public RuleReader strictReader() {
      return RuleReader.over(tree);
    }
  }
}
