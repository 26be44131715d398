// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Plays scenarios on the embedded runtime. A run is opened in the ledger like any other, then its
 * agents come on; what they say is observed, not handed over. Thread-safe. Without an embedded
 * runtime every call but {@code end} fails with not found.
 */
@SharedInstance
public final class Demo {
  private static final System.Logger LOG = System.getLogger(Demo.class.getName());
  private static final Duration TIME_TO_LEAVE = Duration.ofSeconds(1);

  private final Function<NewRun, Outcome> ledger;
  private final DemoRuntime runtime;
  private final Background background;
  private final DemoConfig config;
  private final Clock clock;
  private final Ids ids;
  private final Semaphore places;
  private final Set<Performance> performances = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  @Inject
  Demo(
      Ledger ledger,
      DemoRuntime runtime,
      Background background,
      Settings settings,
      Clock clock,
      Ids ids) {
    this(ledger::open, runtime, background, DemoConfig.read(settings), clock, ids);
  }

  /** On any ledger that can open a run. */
  Demo(
      Function<NewRun, Outcome> ledger,
      DemoRuntime runtime,
      Background background,
      DemoConfig config,
      Clock clock,
      Ids ids) {
    this.ledger = ledger;
    this.runtime = runtime;
    this.background = background;
    this.config = config;
    this.clock = clock;
    this.ids = ids;
    this.places = new Semaphore(config.maxRuns());
  }

  /**
   * A scenario as it is offered.
   *
   * @param durationMs about how long it takes here
   */
  public record Offer(
      String id,
      String title,
      String description,
      String modeName,
      List<String> participants,
      long durationMs) {}

  /** Fails with not found when there is nothing to play on. */
  void requireRuntime() {
    String unused = requireAddress();
  }

  /** What can be played here. */
  List<Offer> offers() {
    requireRuntime();
    return Scenarios.all().stream()
        .map(
            script ->
                new Offer(
                    script.id(),
                    script.title(),
                    script.description(),
                    script.session().mode().id(),
                    script.participants(),
                    config.paced(script.duration()).toMillis()))
        .toList();
  }

  /**
   * Opens a run for the scenario and lets its agents come on.
   *
   * @throws Problem.ProblemException when there is no embedded runtime, when too many scenarios are
   *     under way, or when the runtime does not take the mode that the scenario brings
   */
  RunRecord start(Script script) {
    String address = requireAddress();
    if (!places.tryAcquire()) {
      throw tooMany();
    }
    boolean begun = false;
    try {
      prepare(script, address);
      RunRecord run = open(script);
      begin(script, run, address);
      begun = true;
      return run;
    } finally {
      if (!begun) {
        places.release();
      }
    }
  }

  /** A run whose mode the runtime does not know fails at once, so the mode comes first. */
  private void prepare(Script script, String address) {
    Script.Mode mode = script.session().mode();
    if (mode.registration().isEmpty()) {
      return;
    }
    try (AgentClient initiator = new AgentClient(address, script.initiator(), background::start)) {
      initiator.ensure(mode);
    } catch (AgentFailed e) {
      throw Problem.of(
              ErrorCode.RUNTIME_UNAVAILABLE,
              "demo " + script.id() + " cannot be prepared: " + e.getMessage())
          .asException();
    }
  }

  private RunRecord open(Script script) {
    UUID id = ids.next();
    String traceId = ids.next().toString().replace("-", "");
    NewRun run = new Descriptor(script, config).run(id, traceId, clock.instant());
    return switch (ledger.apply(run)) {
      case Outcome.Applied(RunRecord opened) -> opened;
      case Outcome.Unchanged(RunRecord known) -> known;
      case Outcome.Refused(var rejection) ->
          throw Problem.of(ErrorCode.CONFLICT, rejection.message()).asException();
    };
  }

  private void begin(Script script, RunRecord run, String address) {
    Scene scene = new Scene(script, run.id().toString(), config, clock, ids);
    Performance performance = new Performance(scene, address, background);
    performances.add(performance);
    performance.begin(
        background,
        () -> {
          performances.remove(performance);
          places.release();
        });
    LOG.log(System.Logger.Level.INFO, "run {0}: demo {1} begins", run.id(), script.id());
    if (ended) {
      performance.dismiss();
    }
  }

  private String requireAddress() {
    if (ended) {
      throw Problem.of(ErrorCode.RUNTIME_UNAVAILABLE, "the demo is shutting down").asException();
    }
    return runtime
        .address()
        .orElseThrow(
            () ->
                Problem.of(
                        ErrorCode.NOT_FOUND,
                        "there is no demo here: it plays on the embedded runtime only, which runs"
                            + " while RUNTIME_ADDRESS is not set")
                    .asException());
  }

  private Problem.ProblemException tooMany() {
    return Problem.of(
            ErrorCode.RATE_LIMITED,
            config.maxRuns() + " demo runs are under way, more are not started at a time")
        .retryAfter(config.paced(Duration.ofSeconds(5)))
        .asException();
  }

  /** How many scenarios are under way. */
  int underWay() {
    return performances.size();
  }

  /** Dismisses all agents and waits for them, at most a second. Nothing is started any more. */
  public void end() {
    ended = true;
    long deadline = System.nanoTime() + TIME_TO_LEAVE.toNanos();
    List<Performance> last = List.copyOf(performances);
    last.forEach(Performance::dismiss);
    try {
      for (Performance performance : last) {
        if (!performance.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
          LOG.log(System.Logger.Level.WARNING, "some demo agents did not leave in time");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
