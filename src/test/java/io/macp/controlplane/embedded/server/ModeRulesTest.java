// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;
import io.macp.v1.ModeDescriptor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeRulesTest {
  private static final ModeRules RULES = new ModeRules(BuiltInModes.catalog());

  private static ModeDescriptor.Builder good() {
    return ModeDescriptor.newBuilder()
        .setMode("com.example.chat.v1")
        .setModeVersion("1.0.0")
        .addMessageTypes("SessionStart")
        .addMessageTypes("Say")
        .addMessageTypes("Commitment")
        .addTerminalMessageTypes("Commitment");
  }

  private static String problem(ModeDescriptor.Builder asked) {
    return RULES.refuse(asked.build()).orElse("");
  }

  @Test
  void acceptsWhatIsComplete() {
    assertThat(problem(good())).isEmpty();
    assertThat(problem(good().addTerminalMessageTypes("Commitment"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "macp.mode.mine.v1",
        "macp.mode.decision.v1",
        "ext.multi_round.v1",
        "*",
        "a b",
        "a\u0000b",
        "a\nb"
      })
  void refusesNamesThatAreBlankReservedTakenOrOdd(String name) {
    assertThat(problem(good().setMode(name))).startsWith("mode ");
    assertThat(RULES.refusePromotion("com.example.chat.v1", name))
        .hasValueSatisfying(text -> assertThat(text).startsWith("promoted_mode_name "));
  }

  @Test
  void letsAPromotedModeKeepItsName() {
    assertThat(RULES.refusePromotion("ext.multi_round.v1", "ext.multi_round.v1")).isEmpty();
    assertThat(RULES.refusePromotion("ext.multi_round.v1", "com.example.rounds.v1")).isEmpty();
  }

  @Test
  void boundsEveryText() {
    String name = "n".repeat(257);
    String text = "t".repeat(4_097);

    assertThat(problem(good().setMode(name)))
        .isEqualTo("mode must have at most 256 characters, but has 257");
    assertThat(problem(good().setModeVersion(name))).startsWith("mode_version ");
    assertThat(problem(good().setTitle(name))).startsWith("title ");
    assertThat(problem(good().setDescription(name))).isEmpty();
    assertThat(problem(good().setDescription(text))).startsWith("description ");
    assertThat(problem(good().setDeterminismClass(name))).startsWith("determinism_class ");
    assertThat(problem(good().setParticipantModel(name))).startsWith("participant_model ");
    assertThat(problem(good().addMessageTypes(name))).startsWith("message_types[3] ");
    assertThat(problem(good().putSchemaUris(name, ""))).startsWith("schema_uris ");
    assertThat(problem(good().putSchemaUris("", text))).startsWith("schema_uris ");
    assertThat(problem(good().setTitle("a\u0000b")))
        .isEqualTo("title must not hold NUL characters");
  }

  @Test
  void needsAVersionAndTypesThatEndWithACommitment() {
    assertThat(problem(good().setModeVersion(" "))).isEqualTo("mode_version must not be blank");
    assertThat(problem(good().clearMessageTypes()))
        .isEqualTo("message_types must name at least one type");
    assertThat(problem(good().clearTerminalMessageTypes()))
        .isEqualTo("terminal_message_types must be [Commitment]");
    assertThat(problem(good().addTerminalMessageTypes("Say")))
        .isEqualTo("terminal_message_types must be [Commitment]");
    assertThat(problem(good().clearMessageTypes().addMessageTypes("Say")))
        .isEqualTo("message_types must name Commitment, which is a terminal type");
  }

  @Test
  void refusesTypesThatAreBlankRepeatedOrTheRuntimesOwn() {
    assertThat(problem(good().addMessageTypes(" ")))
        .isEqualTo("message_types[3] must not be blank");
    assertThat(problem(good().addMessageTypes("Say")))
        .isEqualTo("message_types[3] must not repeat Say");
    for (String type :
        List.of("Signal", "Progress", "SessionCancel", "SessionSuspend", "SessionResume")) {
      assertThat(problem(good().addMessageTypes(type))).contains("belongs to the runtime");
    }
  }

  @Test
  void boundsTheNumberOfTypesAndAddresses() {
    ModeDescriptor.Builder types = good();
    IntStream.range(0, 62).forEach(i -> types.addMessageTypes("T" + i));
    ModeDescriptor.Builder uris = good();
    IntStream.range(0, 17).forEach(i -> uris.putSchemaUris("k" + i, "v"));

    assertThat(problem(types)).isEqualTo("message_types must name at most 64 types, but names 65");
    assertThat(problem(uris)).isEqualTo("schema_uris must have at most 16 entries, but has 17");
  }

  @Test
  void boundsTheNumberOfModes() {
    ModeCatalog builtIn = new ModeCatalog(List.of());
    List<Mode> many =
        IntStream.range(0, ModeRules.MAX_MODES)
            .<Mode>mapToObj(i -> RegisteredMode.of(registration("m" + i), builtIn))
            .toList();

    assertThat(new ModeRules(builtIn.withRegistered(many)).refuse(good().build()))
        .contains(
            "mode_descriptor cannot be taken: 256 modes are registered, the most that are kept");
    assertThat(
            new ModeRules(builtIn.withRegistered(many.subList(1, many.size())))
                .refuse(good().build()))
        .isEmpty();
  }

  private static Mode.Registration registration(String id) {
    return new Mode.Registration(
        new io.macp.controlplane.embedded.mode.ModeDescriptor(
            id,
            "1",
            "",
            "",
            new io.macp.controlplane.embedded.mode.ModeDescriptor.Nature("", ""),
            Collections.emptyList()),
        Optional.empty(),
        Mode.Standing.EXTENSION);
  }
}
