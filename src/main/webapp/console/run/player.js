// SPDX-License-Identifier: Apache-2.0
import { latestSeq } from "./run-state.js";
import { waitBetween } from "./scrub.js";

/** Travels through the events that tell the story, at the pace in which they happened. */
export function createPlayer({ run, dispatch, address, go }) {
  let timer = 0;
  let mine = null;

  const latest = () => latestSeq(run().projection);
  const to = (seq) => {
    mine = seq >= latest() ? null : seq;
    go({ at: mine });
  };
  function stop() {
    clearTimeout(timer);
    if (run().playing.on) dispatch({ type: "run/playing", playing: { on: false } });
  }
  function next() {
    const { events } = run().story;
    const at = address().at ?? 0;
    const here = events.findLast((event) => event.seq <= at) ?? events[0];
    const following = events.find((event) => event.seq > at);
    if (!following) {
      to(latest());
      stop();
      return;
    }
    timer = setTimeout(
      () => {
        to(following.seq);
        if (mine === null) stop();
        else next();
      },
      waitBetween(here, following, run().playing.speed),
    );
  }
  return {
    toggle() {
      if (run().playing.on) {
        stop();
        return;
      }
      if (run().story.events.length === 0) return;
      dispatch({ type: "run/playing", playing: { on: true } });
      if (address().at === null) to(run().story.events[0].seq);
      next();
    },
    /** The reader moves the scrubber. */
    scrub(seq) {
      stop();
      to(seq);
    },
    /** Somebody else has changed the moment. */
    interrupted() {
      if (run().playing.on && address().at !== mine) stop();
    },
    close: () => clearTimeout(timer),
  };
}
