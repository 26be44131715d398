// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.macp.controlplane.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * {@code ./dev soak [minutes] [seed]}: the packaged server under load, and every twenty seconds a
 * fault by chance. Prints what each did, and ends well only if no history was violated, everything
 * was live again in time and the heap has not grown.
 */
public final class Soak {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final Duration EVERY = Duration.ofSeconds(20);
  private static final Duration MOST = Duration.ofSeconds(5);
  private static final int LONGEST_MINUTES = 24 * 60;

  private final Scene scene;
  private final Random chance;
  private final List<Double> heap = new ArrayList<>();
  private Tally total = Tally.NONE;
  private Duration slowest = Duration.ZERO;

  private Soak(Scene scene, long seed) {
    this.scene = scene;
    this.chance = new Random(seed);
  }

  /** Runs the command line. */
  public static void main(String[] arguments) {
    int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : Instant.now().toEpochMilli();
    if (minutes < 1 || minutes > LONGEST_MINUTES) {
      System.err.println("Usage: ./dev soak [minutes, 1 to 1440] [seed]");
      System.exit(2);
    }
    System.out.printf("%d minutes with the seed %d%n%n", minutes, seed);
    boolean clean;
    try (Scene scene = new Scene(Map.of()).start()) {
      clean = new Soak(scene, seed).isCleanAfter(Duration.ofMinutes(minutes));
    }
    System.exit(clean ? 0 : 1);
  }

  private boolean isCleanAfter(Duration time) {
    System.out.println(
        "| at | fault | live after ms | runs | acknowledged | lost | duplicated | out of order"
            + " | falsely complete | stuck | failed though resolved | heap after GC, MiB |");
    System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      round(FAULTS.get(chance.nextInt(FAULTS.size())));
    }
    print("all", slowest, total);
    System.out.printf("%nHeap after GC: %s MiB, %s%n", heap, isFlat() ? "flat" : "growing");
    return total.isClean() && slowest.compareTo(MOST) < 0 && isFlat();
  }

  private void round(Fault fault) {
    long begin = System.nanoTime();
    try (Talks talks = new Talks(scene, chance.nextLong()).launch(5).discover(5)) {
      talks.awaitSaid(10);
      talks.awaitHeard();
      fault.strike(scene, talks);
      Duration recovery = talks.awaitHeard();
      talks.awaitSpoken(EVERY.minusNanos(System.nanoTime() - begin));
      Tally tally = talks.finish();
      total = total.plus(tally);
      slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
      heap.add(scene.heapAfterCollection());
      print(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), recovery, tally);
    }
  }

  private void print(String what, Duration recovery, Tally tally) {
    System.out.printf(
        "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f |%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        what,
        recovery.toMillis(),
        tally.runs(),
        tally.acknowledged(),
        tally.lost(),
        tally.duplicated(),
        tally.outOfOrder(),
        tally.falselyComplete(),
        tally.stuck(),
        tally.failedThoughResolved(),
        heap.getLast());
  }

  /** Whether the median of the last third is no more than a quarter above that of the first. */
  private boolean isFlat() {
    int third = Math.max(1, heap.size() / 3);
    double first = median(heap.subList(0, third));
    return median(heap.subList(heap.size() - third, heap.size())) <= first * 1.25 + 20;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
