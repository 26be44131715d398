// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.platform.work.Background;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final Background background = new Background();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    background.awaitEnd(Duration.ofSeconds(1));
  }

  private record Asked(String name, Supplier<List<Finding>> answer) implements Source {
    @Override
    public List<Finding> look() {
      return answer.get();
    }
  }

  private Report examined(Source... sources) {
    return new Doctor(Stream.of(sources), background, CLOCK).examine();
  }

  private static Finding finding(int number) {
    return new Finding(Registry.OF_RUN.get(number), Evidence.NONE);
  }

  @Test
  void saysThatAllIsWellWhereNothingIsFound() {
    Report report = examined(new Asked("well", List::of));

    assertThat(report.toTree(""))
        .containsEntry("status", "ok")
        .containsEntry("findings", List.of())
        .containsEntry("checks", Registry.OF_INSTALLATION.size());
  }

  @Test
  void tellsTheWorstFirst() {
    Finding warning = finding(0);
    Finding error = finding(1);

    Report report = examined(new Asked("both", () -> List.of(warning, error)));

    assertThat(report.findings()).containsExactly(error, warning);
    assertThat(report.status()).isEqualTo("error");
  }

  @Test
  void waitsForNoneThatHangsAndTellsOfThoseThatFail() {
    Source hanging = new Asked("hanging", this::never);
    Source failing =
        new Asked(
            "failing",
            () -> {
              throw new IllegalStateException("of the test");
            });
    long begin = System.nanoTime();

    Report report = examined(hanging, failing, new Asked("well", () -> List.of(finding(0))));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Doctor.LIMIT.plusSeconds(2));
    assertThat(report.findings())
        .extracting(found -> found.evidence().figures().get("side"))
        .contains("hanging", "failing");
    assertThat(report.findings()).contains(finding(0)).hasSize(3);
    assertThat(report.toTree("").toString()).doesNotContain("of the test");
  }

  private List<Finding> never() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }
}
