// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import io.macp.controlplane.demo.act.Act;
import java.time.Duration;
import java.util.Optional;

/**
 * One step of a part: wait for the cue, pause, act.
 *
 * @param cue what must have been seen
 * @param pause how long a person would take, at pace 1
 * @param act what is said
 * @param refusal the code with which the runtime is expected to refuse the act
 */
public record Step(Cue cue, Duration pause, Act act, Optional<String> refusal) {

  /** Acts some time after the cue. */
  static Step on(Cue cue, int pauseMillis, Act act) {
    return new Step(cue, Duration.ofMillis(pauseMillis), act, Optional.empty());
  }

  /** Acts some time after the agent's own step before. */
  static Step then(int pauseMillis, Act act) {
    return on(Cue.NONE, pauseMillis, act);
  }

  /** The same step, which the runtime will refuse. */
  Step refusedWith(String code) {
    return new Step(cue, pause, act, Optional.of(code));
  }
}
