// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.MessageEvent;
import io.macp.controlplane.event.MessageEvent.MessageReceived;
import io.macp.controlplane.event.MessageEvent.MessageSendFailed;
import io.macp.controlplane.event.MessageEvent.MessageSent;
import io.macp.controlplane.event.MessageEvent.SignalEmitted;
import io.macp.controlplane.event.OutcomeEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.event.SessionEvent;
import io.macp.controlplane.event.SessionEvent.SessionBound;
import io.macp.controlplane.event.SessionEvent.SessionStateChanged;
import io.macp.controlplane.event.SessionEvent.SessionStreamOpened;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import java.time.Duration;

/** Counts what is committed (control-plane contract, section 12.3). Thread-safe. */
@SharedInstance
final class RunMeter implements Committed.Listener {
  private final Meters meters;

  @Inject
  RunMeter(Meters meters) {
    this.meters = meters;
  }

  @Override
  public void committed(Committed commit) {
    for (RecordedEvent recorded : commit.events()) {
      count(commit.run(), recorded.event());
      if (recorded.source().equals(Source.CONTROL_PLANE)) {
        binding(recorded.event());
      }
    }
  }

  private void count(RunRecord run, CanonicalEvent event) {
    switch (event) {
      case RunEvent e -> transition(run, e);
      case SessionStreamOpened e -> stream(e.data());
      case SessionEvent e -> {}
      case MessageReceived e ->
          meters.inboundMessage(text(e.data(), "modeName"), text(e.data(), "messageType"));
      case SignalEmitted e ->
          meters.signal(
              e.data()
                  .object("decodedPayload")
                  .flatMap(payload -> payload.text("signalType"))
                  .orElse("unknown"));
      case MessageSent e -> outbound(e.data(), "accepted");
      case MessageSendFailed e -> outbound(e.data(), "rejected");
      case MessageEvent e -> {}
      case OutcomeEvent e -> {}
      case CanonicalEvent.Unrecognised e -> {}
    }
  }

  /** Of what others sent and were refused, no category is known. */
  private void outbound(Payload data, String status) {
    data.text("category").ifPresent(category -> meters.outboundMessage(category, status));
  }

  private void transition(RunRecord run, RunEvent event) {
    String status = event.data().text("status").orElse("");
    if (status.isEmpty()) {
      return;
    }
    meters.runTransition(status);
    if (run.status().isTerminal()
        && run.status().wireName().equals(status)
        && run.startedAt() != null
        && run.endedAt() != null) {
      meters.runFinished(status, run.modeName(), Duration.between(run.startedAt(), run.endedAt()));
    }
  }

  /** Two statuses are reached by facts about the session, told by the control plane itself. */
  private void binding(CanonicalEvent event) {
    if (event instanceof SessionBound) {
      meters.runTransition(RunStatus.BINDING_SESSION.wireName());
    } else if (event instanceof SessionStateChanged) {
      meters.runTransition(RunStatus.RUNNING.wireName());
    }
  }

  private void stream(Payload data) {
    switch (data.text("status").orElse("")) {
      case "reconnecting" -> meters.streamReconnect();
      case "opened" -> meters.outboundMessage("observer", "subscribed");
      default -> {}
    }
  }

  private static String text(Payload data, String field) {
    return data.text(field).orElse("");
  }
}
