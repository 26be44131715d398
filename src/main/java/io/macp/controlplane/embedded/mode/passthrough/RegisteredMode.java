// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Optional;

/**
 * A mode that was registered or promoted while the runtime was running: its own name and standing,
 * the behaviour of pass-through or of a built-in mode.
 *
 * @param entry how it was registered
 * @param behaviour whose rules apply
 */
public record RegisteredMode(Registration entry, Mode behaviour) implements Mode {
  /**
   * The mode that a registration stands for.
   *
   * @throws IllegalStateException when it rests on a built-in mode that this runtime lacks
   */
  public static RegisteredMode of(Registration entry, ModeCatalog modes) {
    if (entry.base().isEmpty()) {
      return new RegisteredMode(entry, new PassThroughMode(entry.descriptor()));
    }
    String base = entry.base().get();
    return modes
        .findBuiltIn(base)
        .map(mode -> new RegisteredMode(entry, mode))
        .orElseThrow(() -> new IllegalStateException("mode " + base + " is not built in"));
  }

  @Override
  public ModeDescriptor descriptor() {
    return entry.descriptor();
  }

  @Override
  public Optional<Registration> registration() {
    return Optional.of(entry);
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return isStrict() && terms.participants().isEmpty()
        ? Optional.of(Rejection.invalid("participants must name at least one participant"))
        : behaviour.refuseStart(terms);
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return behaviour.open(terms);
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    behaviour.readRules(rules, schemaVersion);
  }

  @Override
  public CommitmentAuthority authority(SessionTerms terms) {
    return behaviour.authority(terms);
  }

  @Override
  public boolean admits(SessionTerms terms, String sender) {
    return behaviour.admits(terms, sender);
  }
}
