// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.tracing;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.trace.FinishedSpan;
import io.macp.controlplane.platform.trace.Place;
import io.macp.controlplane.platform.trace.Tracing;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which span a run is (control-plane contract, section 8.6). Its trace id is kept with the run and
 * its span id follows from the run's id, so every server at any time means the same span, which is
 * told of when the run has ended. Thread-safe; without tracing there is no place and every call
 * returns at once.
 */
@SharedInstance
public final class RunTraces {
  /** Runs whose place is remembered; that of another one is found out again. */
  private static final int MOST_KNOWN = 10_000;

  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

  private final Tracing tracing;
  private final Map<UUID, Place> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Place> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  @Inject
  public RunTraces(Tracing tracing) {
    this.tracing = tracing;
  }

  /** No traces at all. */
  public static RunTraces off() {
    return new RunTraces(Tracing.off());
  }

  /** Whether runs have spans. */
  public boolean isOn() {
    return tracing.isOn();
  }

  /** What the caller of this thread is at, for a run that begins. */
  public Optional<Place> caller() {
    return tracing.here();
  }

  /** A run begins as part of what its caller is at, and is kept or not as that is. */
  public void begins(UUID runId, Place caller) {
    remember(runId, caller.at(spanId(runId)));
  }

  private Place remember(UUID runId, Place place) {
    synchronized (known) {
      known.put(runId, place);
    }
    return place;
  }

  /** The span of a run; empty without tracing, and for a run that came without a trace. */
  public Optional<Place> find(RunRecord run) {
    String traceId = run.traceId();
    if (!isOn() || traceId == null || !TRACE_ID.matcher(traceId).matches()) {
      return Optional.empty();
    }
    Place place;
    synchronized (known) {
      place = known.get(run.id());
    }
    return Optional.of(
        place != null && place.traceId().equals(traceId)
            ? place
            : remember(run.id(), tracing.rooted(traceId, spanId(run.id()))));
  }

  /** Does work for a run, as part of its span. */
  public <T> T within(RunRecord run, Supplier<T> work) {
    Optional<Place> place = find(run);
    return place.isPresent() ? tracing.within(place.get(), work) : work.get();
  }

  /** Does work for a run as a step of its own. */
  public <T> T step(String name, Supplier<T> work) {
    return tracing.step(name, Map.of(), work);
  }

  /** Tells of something that happened to a run. */
  public void tell(FinishedSpan finished) {
    tracing.tell(finished);
  }

  /** Tells of a run that has ended. */
  public void ended(UUID runId, FinishedSpan span, Place place) {
    tracing.tell(span, place);
    synchronized (known) {
      known.remove(runId);
    }
  }

  /** The span id of a run: the same one always and everywhere, and never zero. */
  public static String spanId(UUID runId) {
    long most = runId.getMostSignificantBits();
    long bits = runId.getLeastSignificantBits() ^ Long.rotateLeft(most, Integer.SIZE);
    return "%016x".formatted(bits == 0 ? 1 : bits);
  }
}
