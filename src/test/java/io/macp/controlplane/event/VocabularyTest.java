// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Subject SUBJECT = new Subject("message", "m-1");

  @Test
  void namesOnTheWireAreTheCommittedOnes() throws Exception {
    assertThat(wireNames()).containsExactlyInAnyOrderElementsOf(committedNames());
  }

  @Test
  void everyNameGivesBackItsEvent() throws Exception {
    for (String name : committedNames()) {
      CanonicalEvent event = CanonicalEvent.of(name, SUBJECT, Payload.EMPTY);

      assertThat(event).isNotInstanceOf(CanonicalEvent.Unrecognised.class);
      assertThat(event.type()).isEqualTo(name);
      assertThat(event.subject()).isEqualTo(SUBJECT);
      assertThat(event.data()).isEqualTo(Payload.EMPTY);
    }
  }

  @Test
  void keepsEventsOfLaterReleases() {
    assertThat(CanonicalEvent.of("later.thing", SUBJECT, Payload.EMPTY))
        .isEqualTo(new CanonicalEvent.Unrecognised("later.thing", SUBJECT, Payload.EMPTY));
  }

  @Test
  void readsSessionStatesByTheirWireName() {
    assertThat(SessionState.ofWireName("SESSION_STATE_OPEN")).isEqualTo(SessionState.OPEN);
    assertThat(SessionState.ofWireName("SESSION_STATE_LATER")).isEqualTo(SessionState.UNSPECIFIED);
    assertThat(SessionState.SUSPENDED.wireName()).isEqualTo("SESSION_STATE_SUSPENDED");
  }

  @Test
  void knowsWhichSessionStatesAreFinal() {
    assertThat(Stream.of(SessionState.values()).filter(SessionState::isTerminal))
        .containsExactly(SessionState.RESOLVED, SessionState.EXPIRED, SessionState.CANCELLED);
  }

  @Test
  void cutsSubjectsToWhatTheLogHolds() {
    assertThat(new Subject("message", "x".repeat(255)).id()).hasSize(255);
    assertThat(new Subject("message", "x".repeat(256)).id()).hasSize(255);
    assertThat(new Subject("message", "x".repeat(254) + "😀").id()).isEqualTo("x".repeat(254));
    assertThat(new Subject("message", "a\u0000").id()).isEqualTo("a\uFFFD");
  }

  @Test
  void cutsRawTypesToWhatTheLogHolds() {
    assertThat(Source.runtime("x".repeat(200)).rawType()).contains("x".repeat(128));
    assertThat(Source.runtime("Vote"))
        .isEqualTo(new Source("runtime", "rust-runtime", Optional.of("Vote")));
  }

  @Test
  void identifiesMessagesByTheirChannel() {
    assertThat(Frames.message("a", "Vote", "m-1", "{}").sourceId()).contains("session:m-1");
    assertThat(Frames.ambient("a", "Signal", "m-1", "{}", "{}").sourceId())
        .contains("ambient:a:m-1");
    assertThat(new RawEvent.StreamStatus(Frames.AT, "s", "opened", Optional.empty()).sourceId())
        .isEmpty();
  }

  @Test
  void namesWhatCanonicalEventsWereMadeFrom() {
    assertThat(Frames.message("a", "Vote", "m-1", "{}").rawType()).isEqualTo("Vote");
    assertThat(Frames.message("a", "Vote", "m-1", "{}").kind()).isEqualTo("stream-envelope");
    assertThat(new RawEvent.StreamStatus(Frames.AT, "s", "opened", Optional.empty()).rawType())
        .isEqualTo("stream-status");
    assertThat(new RawEvent.StreamInlineError(Frames.AT, "c", "m", "s", "i").rawType())
        .isEqualTo("stream-inline-error");
  }

  private static List<String> committedNames() throws IOException {
    try (var file = requireNonNull(VocabularyTest.class.getResourceAsStream("/event-types.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> wireNames() throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    for (Class<?> family : CanonicalEvent.class.getPermittedSubclasses()) {
      if (family.isInterface()) {
        for (Class<?> event : family.getPermittedSubclasses()) {
          Field type = event.getField("TYPE");
          names.add((String) requireNonNull(type.get(null)));
        }
      }
    }
    return names;
  }
}
