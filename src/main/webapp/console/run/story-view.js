// SPDX-License-Identifier: Apache-2.0
import {
  absolute,
  asText,
  clock,
  durationWords,
  formatCount,
  participantName,
  plural,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { guard, html, nothing, repeat } from "../vendor/html.js";
import { chapters } from "./story.js";

/** What happened in plain words; each line leads to its event. */
export function storyPanel(run, address, control) {
  const { story, projection, past } = run;
  const parts = chapters(story.events, past.seq);
  return html`<section class="card story" aria-labelledby="story-title">
    <div class="card-head">
      <h2 id="story-title">Story</h2>
      <p class="hint">${extent(story, projection, control)}</p>
    </div>
    ${story.phase === "error" ? errorState(story.error, control.reload, "The story did not load") : nothing}
    ${parts.length === 0 ? nobodySpoke(story) : nothing}
    ${repeat(
      parts,
      (part) => part.title + part.lines[0].event.seq,
      (part) => chapter(part, story, address, control),
    )}
  </section>`;
}

function extent(story, projection, control) {
  const all = projection.timeline?.totalEvents ?? 0;
  return html`${formatCount(story.total)} of ${plural(all, "event")} ·
    <a href=${control.href({ tab: "events" })}>all events</a>`;
}

/** Stands where a long story breaks off; what it turned on later is told below. */
function more(story, control) {
  return html`<p class="more">
    <button class="button" type="button" @click=${() => control.tellMore(500)}>Tell more</button>
    <span class="hint"
      >${formatCount(story.total - story.events.length)} lines of this long story are not told
      yet</span
    >
  </p>`;
}

function nobodySpoke({ phase }) {
  if (phase === "error") return nothing;
  if (phase === "loading" || phase === "none") return loadingState("the story", 4);
  return html`<p class="quiet">
    Nothing has happened yet. The first line appears when the run is created.
  </p>`;
}

function chapter(part, story, address, control) {
  const last =
    story.phase === "partial" && part.lines.findLast((line) => line.event.seq <= story.toldTo);
  const breaksOff =
    last && story.events.findLast((event) => event.seq <= story.toldTo) === last.event;
  return html`<h3 class="chapter">${part.title}</h3>
    <ol class="lines">
      ${repeat(
        part.lines,
        ({ event }) => event.seq,
        (line) =>
          html`<li>
            ${guard([line.event, line.event.seq === address.sel, address.at], () => row(line, address, control))}
            ${breaksOff && line === last ? more(story, control) : nothing}
          </li>`,
      )}
    </ol>`;
}

function row({ event, words, quietMs }, address, control) {
  const chosen = event.seq === address.sel;
  return html`${quietMs ? html`<p class="pause">${durationWords(quietMs)} quiet</p>` : nothing}
    <a
      class="line tone-text-${words.tone}"
      href=${control.href({ sel: chosen ? null : event.seq })}
      aria-current=${chosen ? "true" : "false"}
      data-seq=${event.seq}
    >
      <time datetime=${new Date(event.at).toISOString()} title=${absolute(event.at)}
        >${clock(event.at)}</time
      >
      ${icon(words.icon)}
      <span class="line-text">
        ${words.who ? html`<b title=${asText(words.who)}><bdi>${participantName(words.who)}</bdi></b> ` : nothing}${words.did}
        ${words.what ? html`<bdi class="what">${words.what}</bdi>` : nothing}
        ${words.quote ? html`<span class="quote"><bdi>${words.quote}</bdi></span>` : nothing}
      </span>
      <span class="seq mono">${formatCount(event.seq)}</span>
    </a>`;
}
