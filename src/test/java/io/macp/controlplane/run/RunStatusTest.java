// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStatusTest {
  @Test
  void hasTheNamesOfTheContract() {
    assertThat(Stream.of(RunStatus.values()).map(RunStatus::wireName))
        .containsExactly(
            "queued",
            "starting",
            "binding_session",
            "running",
            "suspended",
            "completed",
            "failed",
            "cancelled");
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(RunStatus status) {
    assertThat(RunStatus.ofWireName(status.wireName())).contains(status);
  }

  @Test
  void isNotFoundByOtherNames() {
    assertThat(RunStatus.ofWireName("QUEUED")).isEmpty();
    assertThat(RunStatus.ofWireName("")).isEqualTo(Optional.empty());
  }

  @Test
  void endsInThreeWays() {
    assertThat(Stream.of(RunStatus.values()).filter(RunStatus::isTerminal))
        .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED);
  }

  @Test
  void rejectionsSayWhatWasTried() {
    assertThat(
            new Rejection.InvalidTransition(
                    RunSamples.ID, RunStatus.BINDING_SESSION, RunStatus.SUSPENDED)
                .message())
        .isEqualTo(
            "cannot transition run " + RunSamples.ID + " from 'binding_session' to 'suspended'");
    assertThat(new Rejection.UnknownRun(RunSamples.ID).message())
        .isEqualTo("run " + RunSamples.ID + " not found");
    assertThat(new Rejection.SessionTaken("s-1", RunSamples.ID).message())
        .isEqualTo("session s-1 already belongs to run " + RunSamples.ID);
  }
}
