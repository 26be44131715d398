// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a script without a runtime, as if messages took no time: who says what when, and who is
 * left waiting for something that never comes.
 *
 * @param lines what is said, in the order of time
 * @param waiting the agents that do not get to the end of their part
 * @param duration time from start to end at pace 1
 */
record Rehearsal(List<Line> lines, List<String> waiting, Duration duration) {
  Rehearsal {
    lines = List.copyOf(lines);
    waiting = List.copyOf(waiting);
  }

  /** Something that is said, so long after the start. */
  record Line(Duration at, String agent, Step step) {}

  /** Plays the script. */
  static Rehearsal of(Script script) {
    Stage stage = new Stage(script);
    while (stage.playNext()) {
      // Each round adds the one line that is due next.
    }
    List<String> waiting = stage.waiting();
    Duration spoken = stage.lines.isEmpty() ? Script.OPENING : stage.lines.getLast().at();
    return new Rehearsal(
        stage.lines,
        waiting,
        waiting.isEmpty() ? spoken : Script.OPENING.plus(script.session().ttl()));
  }

  /** Where the players stand. */
  private static final class Stage {
    private final List<Player> players = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private Duration now = Script.OPENING;

    Stage(Script script) {
      script.parts().forEach(part -> players.add(new Player(part)));
      players.forEach(player -> player.look(seen, now));
    }

    boolean playNext() {
      Optional<Player> next =
          players.stream().filter(Player::isReady).min(Comparator.comparing(Player::due));
      next.ifPresent(this::play);
      return next.isPresent();
    }

    private void play(Player player) {
      now = player.due();
      Step step = player.step();
      lines.add(new Line(now, player.part.agent(), step));
      if (step.act().isRecorded() && step.refusal().isEmpty()) {
        seen.merge(step.act().messageType(), 1, Integer::sum);
      }
      player.advance();
      players.forEach(waiting -> waiting.look(seen, now));
    }

    List<String> waiting() {
      return players.stream().filter(p -> !p.isDone()).map(p -> p.part.agent()).toList();
    }
  }

  /** An agent on the stage. */
  private static final class Player {
    private final Part part;
    private int next;
    private Optional<Duration> cueMetAt = Optional.empty();

    Player(Part part) {
      this.part = part;
    }

    boolean isDone() {
      return next >= part.steps().size();
    }

    Step step() {
      return part.steps().get(next);
    }

    void look(Map<String, Integer> seen, Duration now) {
      if (!isDone() && cueMetAt.isEmpty() && step().cue().isMetBy(seen)) {
        cueMetAt = Optional.of(now);
      }
    }

    boolean isReady() {
      return !isDone() && cueMetAt.isPresent();
    }

    Duration due() {
      return cueMetAt.orElseThrow().plus(step().pause());
    }

    void advance() {
      next++;
      cueMetAt = Optional.empty();
    }
  }
}
