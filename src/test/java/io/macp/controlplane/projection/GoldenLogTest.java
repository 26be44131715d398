// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded logs keep their meaning: {@code -Dgolden.update=true} writes the expected files anew,
 * and the difference is then for a human to judge.
 */
class GoldenLogTest {
  private static final ObjectWriter PRETTY =
      JsonMapper.builder()
          .build()
          .writer(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all();
  }

  @Test
  void coversTheStoriesOfADecision() throws IOException {
    assertThat(cases())
        .extracting(GoldenCase::name)
        .contains(
            "cancel",
            "commit",
            "expiry",
            "inline-policy-denial",
            "late-messages",
            "objection",
            "signals-and-llm",
            "suspend-resume",
            "unknown-messages",
            "veto");
  }

  @Test
  void coversEveryModeWithGoodAndBadEnds() throws IOException {
    assertThat(cases())
        .extracting(GoldenCase::name)
        .contains(
            "handoff-accepted",
            "handoff-declined",
            "handoff-implicit",
            "multi-round-converged",
            "pass-through-json",
            "proposal-agreed",
            "proposal-rejected",
            "quorum-json-rejected",
            "quorum-reached",
            "task-completed",
            "task-failed");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meansWhatItMeantBefore(GoldenCase golden) throws IOException {
    Recorder recorder = golden.replay();

    check(
        golden,
        "canonical.jsonl",
        recorder.log().stream().map(GoldenCase::line).collect(Collectors.joining()));
    check(golden, "state.json", pretty(recorder.state().toTree()));
    check(golden, "metrics.json", pretty(recorder.metrics().toTree()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void survivesBeingStoredAfterEveryEvent(GoldenCase golden) throws IOException {
    Recorder recorder = golden.replay();

    RunState state = RunState.empty(Recorder.RUN);
    for (var event : recorder.log()) {
      state = RunState.fromTree(Json.readObject(Json.write(state.fold(event).toTree())));
    }

    assertThat(state).isEqualTo(recorder.state());
    assertThat(Json.write(state.toTree())).isEqualTo(Json.write(recorder.state().toTree()));
  }

  private static void check(GoldenCase golden, String file, String actual) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      golden.update(file, actual);
    }
    assertThat(actual).as("%s/%s", golden.name(), file).isEqualTo(golden.expected(file));
  }

  private static String pretty(Map<String, ? extends @Nullable Object> tree)
      throws JsonProcessingException {
    return PRETTY.writeValueAsString(tree) + "\n";
  }
}
