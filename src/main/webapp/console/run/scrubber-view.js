// SPDX-License-Identifier: Apache-2.0
import { clock, formatCount, participantName } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { guard, html, nothing, svg } from "../vendor/html.js";
import { wordsFor } from "./event-words.js";
import { turns } from "./kinds.js";
import { latestSeq } from "./run-state.js";
import { clusterMarks, SPEEDS } from "./scrub.js";
import { markOf } from "./timeline.js";

const WIDTH = 1_000;

/** Travels through time in all tabs at once. A native range, so keys and screen readers work. */
export function scrubber(run, address, control) {
  const latest = latestSeq(run.projection);
  if (latest === 0) return nothing;
  const at = Math.min(address.at ?? latest, latest);
  const { on, speed } = run.playing;
  return html`<section class="scrubber" aria-label="Time travel">
    <button
      class="button"
      type="button"
      title="Turning point before ({)"
      aria-label="Turning point before"
      @click=${() => control.turn(-1)}
    >
      ${icon("back")}
    </button>
    <button
      class="button primary"
      type="button"
      title="Play (space)"
      aria-pressed=${on}
      @click=${control.play}
    >
      ${icon(on ? "pause" : "play")}<span class="play-word">${on ? "Stop" : "Play"}</span>
    </button>
    <button
      class="button"
      type="button"
      title="Next turning point (})"
      aria-label="Next turning point"
      @click=${() => control.turn(1)}
    >
      ${icon("forth")}
    </button>
    <div class="switch speeds" role="group" aria-label="Speed">
      ${SPEEDS.map(
        (one) =>
          html`<button
            type="button"
            aria-pressed=${one === speed}
            @click=${() => control.setSpeed(one)}
          >
            ${one}×
          </button>`,
      )}
    </div>
    <div class="track">
      ${guard([run.story.events, latest], () => ticks(run.story.events, latest))}
      <input
        id="scrubber"
        type="range"
        min="1"
        max=${latest}
        step="1"
        .value=${String(at)}
        aria-label="Moment"
        aria-valuetext=${spoken(run.story.events, at, latest)}
        @input=${(event) => control.scrub(Number(event.target.value))}
      />
    </div>
    <output class="moment mono">${moment(run, at, latest)}</output>
  </section>`;
}

function ticks(events, latest) {
  const clusters = clusterMarks(events.filter(turns), latest, WIDTH);
  return html`<svg
    class="ticks"
    viewBox="0 0 ${WIDTH} 10"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${clusters.map(
      ({ x, mark, count }) =>
        svg`<rect class="spot-${markOf(mark.type)}" x=${x - 1} width=${count > 1 ? 4 : 2.5} height="10" />`,
    )}
  </svg>`;
}

function spoken(events, at, latest) {
  const event = events.findLast((one) => one.seq <= at);
  const words = event ? wordsFor(event) : null;
  const what = words
    ? ", " + [participantName(words.who), words.did, words.what].filter(Boolean).join(" ")
    : "";
  return "event " + at + " of " + latest + what;
}

function moment(run, at, latest) {
  const event = run.story.events.findLast((one) => one.seq <= at) ?? run.recent.at(-1);
  const time = event ? clock(event.at) : "";
  return html`${formatCount(at)}<span class="quiet"> / ${formatCount(latest)}</span>
    <span class="quiet">${time}</span>`;
}
