// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Instant NOON = Instant.parse("2026-05-10T12:00:00Z");

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final Answers<String, String> answers =
      new Answers<>(
          question -> {
            if (broken.get()) {
              throw new DatabaseFailure(new SQLException("gone", "08006"));
            }
            return question + " " + asked.incrementAndGet();
          });

  @Test
  void asksOnceASecond() {
    assertThat(answers.get("a", NOON)).isEqualTo("a 1");
    assertThat(answers.get("a", NOON.plusMillis(999))).isEqualTo("a 1");
    assertThat(answers.get("b", NOON.plusMillis(999))).isEqualTo("b 2");
    assertThat(answers.get("a", NOON.plusMillis(1_000))).isEqualTo("a 3");
  }

  @Test
  void endsSpansWithTheSecondThatIsUnderWay() {
    assertThat(Answers.end(NOON)).isEqualTo(NOON.plusSeconds(1));
    assertThat(Answers.end(NOON.plusMillis(999))).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void keepsNoFailure() {
    broken.set(true);
    assertThatThrownBy(() -> answers.get("a", NOON)).isInstanceOf(DatabaseFailure.class);
    broken.set(false);

    assertThat(answers.get("a", NOON)).isEqualTo("a 1");
  }
}
