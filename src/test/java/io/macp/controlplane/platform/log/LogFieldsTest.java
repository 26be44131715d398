// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFieldsTest {
  @Test
  void lastAsLongAsTheWorkThatTheyAreOf() {
    Map<String, Object> inside =
        LogFields.with(
            "runId",
            "r1",
            () -> {
              LogFields.put("seq", 7);
              return LogFields.with("step", 2, LogFields::current);
            });

    assertThat(inside).isEqualTo(Map.of("runId", "r1", "seq", 7, "step", 2));
    assertThat(LogFields.current()).isEmpty();
  }

  @Test
  void areGoneAfterWorkThatFails() {
    assertThatThrownBy(
            () ->
                LogFields.with(
                    "runId",
                    "r1",
                    () -> {
                      throw new IllegalStateException("why");
                    }))
        .hasMessage("why");

    assertThat(LogFields.current()).isEmpty();
  }

  @Test
  void areNotPutWhereNoWorkIs() {
    LogFields.put("seq", 7);

    assertThat(LogFields.current()).isEmpty();
  }
}
