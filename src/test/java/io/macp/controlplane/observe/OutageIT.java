// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.testing.TestDataSource.CommitFault;
import io.macp.v1.Envelope;
import io.macp.v1.SignalPayload;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that goes away and comes back while sessions are followed. */
class OutageIT {
  private static final String CUT =
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
          + " and backend_type = 'client backend'";
  private static final String ID = "6f1f2a34-9d0e-4c1b-8a77-0a1b2c3d4e5f";

  private final Spine spine = Spine.start();
  private final Watchtower tower = new Watchtower(spine).discovering();

  @BeforeEach
  void begin() {
    tower.begin();
    Eventually.until(
        "watching",
        () -> tower.runtime().sessionWatchers() == 1 && tower.runtime().signalWatchers() == 1);
  }

  @AfterEach
  void leave() {
    tower.close();
    spine.close();
  }

  @Test
  void losesNothingWhenTheDatabaseIsStoppedAndStarted() {
    Conversation talk = new Conversation(tower.opened(ID), ID, 1).says(50);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    for (int round = 0; round < 2; round++) {
      talk.says(50);
      spine.server().stop();
      talk.says(50);
      talk.session().cut(Status.UNAVAILABLE);
      talk.says(50);
      spine.server().start();
    }
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @Test
  void losesNothingWhenAllConnectionsAreCutAgainAndAgain() {
    Conversation talk = new Conversation(tower.opened(ID), ID, 2).says(50);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    for (int round = 0; round < 20; round++) {
      talk.says(20);
      spine.rows(CUT);
    }
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @ParameterizedTest
  @EnumSource(CommitFault.class)
  void losesAndDoublesNothingWhenCommitsFail(CommitFault fault) {
    Conversation talk = new Conversation(tower.opened(ID), ID, 3);
    UUID run = UUID.fromString(ID);

    for (int round = 0; round < 20; round++) {
      spine.dataSource().failNextCommit(fault);
      talk.says(1);
      int stored = round + 1;
      Eventually.until("stored", () -> tower.checker().stored(run) == stored);
    }
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
    assertThat(spine.runs().listArtifacts(run)).hasSize(1);
  }

  @Test
  void waitsForTheDatabaseAlsoWithReads() throws Exception {
    UUID run = tower.launch("unopened");
    Journal journal = tower.journal(run);
    spine.server().stop();

    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<RunRecord> record = reader.submit(journal::run);
      Eventually.until("failed at least once", () -> spine.dataSource().refused() > 0);
      spine.server().start();

      assertThat(record.get().id()).isEqualTo(run);
    }
  }

  @Test
  void keepsSignalsAndSessionsThatCameWhileTheDatabaseWasAway() {
    tower.opened(ID);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    spine.server().stop();
    for (int i = 0; i < 10; i++) {
      tower.runtime().signal(signal("signal-" + i));
    }
    tower.opened("meanwhile");
    spine.server().start();

    Eventually.until("signals recorded", () -> tower.log(run).count("signal.emitted") == 10);
    Eventually.until("session taken in", () -> spine.runs().findBySession("meanwhile").isPresent());
  }

  private static Envelope signal(String id) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMessageType("Signal")
        .setMessageId(id)
        .setSender("agent://a")
        .setPayload(
            SignalPayload.newBuilder()
                .setSignalType("note")
                .setCorrelationSessionId(ID)
                .setData(ByteString.copyFromUtf8("{}"))
                .build()
                .toByteString())
        .build();
  }
}
