// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
  private static RuleReader read(String json, Consumer<RuleReader> reading) {
    RuleReader reader = RuleReader.over(Json.readObject(json));
    reading.accept(reader);
    return reader;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":\"1\"}|rules.n must be a number from 0 to 1, but is '1'",
        "{\"n\":null}|rules.n must be a number from 0 to 1, but is null",
        "{\"n\":true}|rules.n must be a number from 0 to 1, but is true",
        "{\"n\":[]}|rules.n must be a number from 0 to 1, but is a list",
        "{\"n\":{}}|rules.n must be a number from 0 to 1, but is an object",
        "{\"n\":-0.1}|rules.n must be a number from 0 to 1, but is -0.1",
        "{\"n\":1e999}|rules.n must be a number from 0 to 1, but is Infinity",
      })
  void refusesNumbersThatAreNone(String json, String problem) {
    assertThat(read(json, rules -> rules.number("n", 0, 0, 1)).problems()).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993e1", "1e300", "123456789012345678901234567890"})
  void refusesNumbersThatAreTooLargeToCountWith(String number) {
    String tail = " must be at most 9007199254740992, but is " + Double.parseDouble(number);

    assertThat(
            read("{\"n\":" + number + "}", rules -> rules.number("n", 0, 0, Double.MAX_VALUE))
                .problems())
        .containsExactly("rules.n" + tail);
    assertThat(read("{\"n\":{\"a\":" + number + "}}", rules -> rules.numbers("n", 0)).problems())
        .containsExactly("rules.n.a" + tail);
    assertThat(
            read("{\"n\":" + number + "}", rules -> rules.whole("n", 0, 0, Long.MAX_VALUE))
                .problems())
        .hasSize(1);
  }

  @Test
  void namesTheItemOfAListAndTheEntryOfAnObject() {
    assertThat(read("{\"t\":[\"a\",1,1]}", rules -> rules.texts("t")).problems())
        .containsExactly(
            "rules.t[1] must be a non-blank text, but is 1",
            "rules.t[2] must be a non-blank text, but is 1");
    assertThat(read("{\"n\":{\" \":1}}", rules -> rules.numbers("n", 0)).problems())
        .containsExactly("rules.n must not hold a blank name");
    assertThat(read("{\"n\":[1]}", rules -> rules.numbers("n", 0)).problems())
        .containsExactly("rules.n must be an object of numbers, but is a list");
  }

  @Test
  void knowsTheAuditGroupInEveryMode() {
    assertThat(read("{\"audit\":{\"level\":\"INFO\"}}", rules -> {}).problems()).isEmpty();
    assertThat(read("{\"audit\":{\"level\":\"loud\"}}", rules -> {}).problems())
        .containsExactly(
            "rules.audit.level must be one of [debug, error, info, none, trace, warn],"
                + " but is 'loud'");
    assertThat(read("{\"audit\":{\"target\":\"x\"}}", rules -> {}).problems())
        .containsExactly("rules.audit.target is not known; expected one of [level]");
  }

  @Test
  void saysEachThingOnceHoweverOftenItIsRead() {
    RuleReader reader =
        read(
            "{\"w\":\"x\"}",
            rules -> {
              rules.choice("w", "a", Set.of("a"));
              rules.choice("w", "a", Set.of("a"));
            });

    assertThat(reader.problems()).containsExactly("rules.w must be one of [a], but is 'x'");
  }
}
