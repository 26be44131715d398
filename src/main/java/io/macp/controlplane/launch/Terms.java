// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** What a launch goes by, and what it leaves to be said. Thread-safe. */
@SharedInstance
final class Terms {
  private final LaunchConfig config;
  private final Initiator initiator;
  private final Ids ids;

  @Inject
  Terms(Settings settings, Initiator initiator, Ids ids) {
    this.config = LaunchConfig.read(settings);
    this.initiator = initiator;
    this.ids = ids;
  }

  LaunchConfig config() {
    return config;
  }

  /** Keeps the kickoff of a run in the transaction that creates the run. */
  Outcome.Witness keeping(NewRun run, RunDescriptor descriptor, Outcome.Witness witness) {
    List<OutboundMessage> kickoff = kickoff(run, descriptor);
    return (writes, before, outcome) -> {
      witness.saw(writes, before, outcome);
      if (outcome instanceof Outcome.Applied) {
        initiator.messages().queue(writes.connection(), kickoff);
      }
    };
  }

  private List<OutboundMessage> kickoff(NewRun run, RunDescriptor descriptor) {
    List<OutboundMessage> messages = new ArrayList<>();
    for (Utterance said : descriptor.initiation().map(Initiation::kickoff).orElse(List.of())) {
      messages.add(
          said.of(
              ids.next(),
              ids.next().toString(),
              run.id(),
              new OutboundMessage.Place(run.sessionId(), descriptor.session().modeName()),
              messages.size(),
              run.createdAt()));
    }
    return messages;
  }
}
