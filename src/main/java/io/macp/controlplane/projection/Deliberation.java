// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course of a session by the rules of its mode (protocol, sections 8.2 to 8.7), as far as an
 * observer sees it: shown under the extra key {@code decision.deliberation}.
 *
 * @param participants the declared ones
 * @param items what was put forward, the newest ones
 * @param positions where participants stand, the newest ones
 * @param round how many contributions changed something
 * @param converged whether all contributions were once the same, which is final
 * @param committed whether a commitment was accepted
 */
record Deliberation(
    DeliberationMode mode,
    List<String> participants,
    List<Item> items,
    List<Position> positions,
    long round,
    boolean converged,
    boolean committed) {
  static final int ITEM_CAP = 100;
  static final int POSITION_CAP = 1000;

  static Deliberation begun(DeliberationMode mode) {
    return new Deliberation(mode, List.of(), List.of(), List.of(), 0, false, false);
  }

  Deliberation declaring(List<String> ids) {
    List<String> bounded = ids.stream().distinct().limit(POSITION_CAP).toList();
    return new Deliberation(mode, bounded, items, positions, round, converged, committed);
  }

  /** Puts something forward; what has its id already stays. */
  Deliberation adding(Item item) {
    return item.id().isEmpty() || indexOf(item.id()) >= 0
        ? this
        : withItems(Newest.append(items, item, ITEM_CAP));
  }

  Deliberation replacing(Item item) {
    int known = indexOf(item.id());
    return known < 0 ? this : withItems(Newest.replace(items, known, item));
  }

  Optional<Item> item(String id) {
    int known = indexOf(id);
    return known < 0 ? Optional.empty() : Optional.of(items.get(known));
  }

  private int indexOf(String id) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Takes a position instead of those that it replaces. */
  Deliberation taking(Position position, Predicate<Position> replaced) {
    return without(replaced).withPositions(position);
  }

  private Deliberation withPositions(Position position) {
    return with(Newest.append(positions, position, POSITION_CAP));
  }

  Deliberation without(Predicate<Position> gone) {
    List<Position> kept = new ArrayList<>(positions.size());
    for (Position position : positions) {
      if (!gone.test(position)) {
        kept.add(position);
      }
    }
    return kept.size() == positions.size() ? this : with(Newest.copyOf(kept));
  }

  Deliberation nextRound() {
    return new Deliberation(mode, participants, items, positions, round + 1, converged, committed);
  }

  Deliberation nowConverged() {
    return new Deliberation(mode, participants, items, positions, round, true, committed);
  }

  Deliberation nowCommitted() {
    return new Deliberation(mode, participants, items, positions, round, converged, true);
  }

  private Deliberation withItems(List<Item> next) {
    return new Deliberation(mode, participants, next, positions, round, converged, committed);
  }

  private Deliberation with(List<Position> next) {
    return new Deliberation(mode, participants, items, next, round, converged, committed);
  }

  Stream<Position> choosing(Position.Choice choice) {
    return positions.stream().filter(position -> position.choice() == choice);
  }

  Map<String, @Nullable Object> tree() {
    Fields fields =
        new Fields()
            .put("mode", mode.wireName())
            .put("phase", Phase.of(this))
            .putAny("participants", participants, id -> id)
            .putAny("items", items, Item::tree)
            .putAny("positions", positions, Position::tree);
    if (mode == DeliberationMode.MULTI_ROUND) {
      fields.put("round", round).put("converged", converged);
    }
    return fields.put("committed", committed).tree();
  }

  static Optional<Deliberation> ofTree(Payload tree) {
    return tree.text("mode")
        .flatMap(DeliberationMode::find)
        .map(
            mode ->
                new Deliberation(
                    mode,
                    tree.texts("participants"),
                    tree.objects("items").stream().map(Item::ofTree).toList(),
                    tree.objects("positions").stream().map(Position::ofTree).toList(),
                    tree.count("round"),
                    tree.flag("converged").orElse(false),
                    tree.flag("committed").orElse(false)));
  }
}
