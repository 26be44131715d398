// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.server.Database;
import io.macp.controlplane.embedded.server.UnreliableDataSource;
import io.macp.controlplane.embedded.store.GroupCommitter.PendingEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupCommitterIT {
  private static final GroupCommitter.Listener NOBODY =
      new GroupCommitter.Listener() {
        @Override
        public void committed() {}

        @Override
        public void failed() {}
      };

  private static PendingEntry start(String id) {
    Bench bench = Bench.decision().open();
    LogEntry.Started started = (LogEntry.Started) bench.log().getFirst();
    Envelope sent = bench.envelope("SessionStart", "m0", id, "lead", Bench.T0);
    return new PendingEntry(
        id,
        1,
        1,
        new LogEntry.Started(sent, Bench.T0, started.terms(), started.deadlineMs()),
        false);
  }

  @Test
  void sharesTransactionsBetweenSessionsThatWaitAtTheSameTime() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    List<CompletableFuture<@Nullable Void>> done = new ArrayList<>();

    try (GroupCommitter committer = new GroupCommitter(dataSource, NOBODY)) {
      for (int i = 0; i < 2_000; i++) {
        done.add(committer.append(start("session-" + i)));
      }
      done.forEach(CompletableFuture::join);
    }

    assertThat(dataSource.connections()).isLessThan(200);
    List<String> stored = new ArrayList<>();
    new SessionLogStore(dataSource, (terms, envelope) -> new Payload.Unreadable(""))
        .readRetained((id, log) -> stored.add(id));
    assertThat(stored).hasSize(2_000);
  }

  @Test
  void keepsTheNeighboursOfAnEntryThatTheDatabaseRefuses() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    try (GroupCommitter committer = new GroupCommitter(dataSource, NOBODY)) {
      committer.append(start("taken")).join();
      CompletableFuture<@Nullable Void> before = committer.append(start("before"));
      CompletableFuture<@Nullable Void> again = committer.append(start("taken"));
      CompletableFuture<@Nullable Void> after = committer.append(start("after"));

      before.join();
      after.join();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(again::join)
          .withCauseInstanceOf(StoreException.class);
    }
  }

  @Test
  void refusesEntriesOnceItIsClosed() throws Exception {
    GroupCommitter committer = new GroupCommitter(Database.fresh(), NOBODY);
    committer.close();

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> committer.append(start("late")).join())
        .withCauseInstanceOf(StoreException.class);
  }
}
