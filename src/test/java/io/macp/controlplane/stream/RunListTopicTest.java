// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.RunRecord;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunListTopicTest {
  private final RunListTopic topic = new RunListTopic();

  private static RunRecord run(int number, long lastSeq) {
    return Commits.run(new UUID(0, number), lastSeq);
  }

  @Test
  void tellsEveryReaderOfEveryRun() {
    RunListTopic.Reader one = topic.watch();
    RunListTopic.Reader two = topic.watch();

    topic.committed(run(1, 1));
    topic.committed(run(2, 1));

    assertThat(one.take()).containsExactly(run(1, 1), run(2, 1));
    assertThat(two.take()).containsExactly(run(1, 1), run(2, 1));
  }

  @Test
  void tellsAChangeOnce() {
    RunListTopic.Reader reader = topic.watch();
    topic.committed(run(1, 1));
    reader.take();

    assertThat(reader.take()).isEmpty();
  }

  @Test
  void keepsTheNewestOfARunThatChangedTwice() {
    RunListTopic.Reader reader = topic.watch();

    topic.committed(run(1, 1));
    topic.committed(run(2, 1));
    topic.committed(run(1, 2));

    assertThat(reader.take()).containsExactly(run(1, 2), run(2, 1));
  }

  @Test
  void keepsTheNewestRecordWhenCommitsAreToldOutOfOrder() {
    RunListTopic.Reader reader = topic.watch();

    topic.committed(run(1, 2));
    topic.committed(run(1, 1));

    assertThat(reader.take()).containsExactly(run(1, 2));
    topic.committed(run(1, 1));
    assertThat(reader.take()).isEmpty();
  }

  @Test
  void tellsAChangeThatTookNoNumber() {
    RunListTopic.Reader reader = topic.watch();
    topic.committed(run(1, 2));
    reader.take();

    topic.committed(run(1, 2));

    assertThat(reader.take()).containsExactly(run(1, 2));
  }

  @Test
  void holdsAThousandRunsForASlowReader() {
    RunListTopic.Reader reader = topic.watch();
    for (int i = 1; i <= 1_001; i++) {
      topic.committed(run(i, 1));
    }

    assertThat(reader.take()).hasSize(1_000).doesNotContain(run(1, 1)).contains(run(1_001, 1));
  }

  @Test
  void tellsNothingOfTheTimeBeforeAndAfter() {
    topic.committed(run(1, 1));
    RunListTopic.Reader reader = topic.watch();
    assertThat(reader.take()).isEmpty();

    topic.unwatch(reader);
    topic.committed(run(2, 1));

    assertThat(reader.take()).isEmpty();
  }
}
