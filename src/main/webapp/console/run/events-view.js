// SPDX-License-Identifier: Apache-2.0
import { absolute, asText, clock, formatCount, participantName, plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState } from "../ui/states.js";
import { guard, html, nothing, repeat } from "../vendor/html.js";
import { wordsFor } from "./event-words.js";
import { marked } from "./find.js";
import { ROW_PX } from "./follow.js";
import { KINDS } from "./kinds.js";
import { countRows, visibleRows } from "./log-window.js";
import { shownProjection } from "./run-state.js";

const OVERSCAN = 12;

/** The whole log, of which only what can be seen is rendered. */
export function eventsPanel(run, address, control) {
  const { log } = run;
  return html`<section class="card events-card" aria-labelledby="events-title">
    <div class="card-head">
      <h2 id="events-title">Events</h2>
      <p class="hint" role="status">${extent(run)}</p>
    </div>
    ${filters(run, address, control)}
    ${
      run.parts.log?.phase === "error"
        ? errorState(run.parts.log.error, control.readAgain, "These events did not load")
        : nothing
    }
    ${log ? rows(run, address, control) : nothing}
  </section>`;
}

function extent({ log, projection }) {
  const total = projection.timeline?.totalEvents ?? 0;
  if (!log || !log.exact) return plural(total, "event");
  const count = countRows(log) - (log.done ? 0 : 1);
  return log.done
    ? plural(count, "match", "matches")
    : plural(count, "match", "matches") + " in the events read so far";
}

function filters(run, address, control) {
  const set = (name) => (event) => control.go({ [name]: event.target.value, sel: null });
  const participants = shownProjection(run).participants ?? [];
  return html`<form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
    <label class="find-field">
      <span class="visually-hidden">Find in the events</span>
      ${icon("search")}
      <input
        id="find"
        type="search"
        placeholder="Find in lines and payloads"
        .value=${address.q}
        @change=${set("q")}
      />
    </label>
    <label
      ><span class="visually-hidden">Which events</span>
      <select .value=${address.kinds} @change=${set("kinds")}>
        <option value="" ?selected=${address.kinds === ""}>All events</option>
        ${KINDS.map(
          (kind) =>
            html`<option value=${kind.id} ?selected=${kind.id === address.kinds}>
              ${kind.word}
            </option>`,
        )}
      </select>
    </label>
    <label
      ><span class="visually-hidden">Whose events</span>
      <select .value=${address.who} @change=${set("who")}>
        <option value="" ?selected=${address.who === ""}>Everybody</option>
        ${participants.map(
          ({ participantId: id }) =>
            html`<option value=${id} ?selected=${id === address.who}>
              ${participantName(id)}
            </option>`,
        )}
      </select>
    </label>
    ${
      address.q || address.kinds || address.who
        ? html`<button
            class="button"
            type="button"
            @click=${() => control.go({ q: "", kinds: "", who: "" })}
          >
            Clear
          </button>`
        : nothing
    }
  </form>`;
}

function rows(run, address, control) {
  const { log } = run;
  const total = countRows(log);
  const { first, size } = control.follower.viewport();
  const from = Math.max(0, Math.min(first, total) - OVERSCAN);
  const shown = visibleRows(log, from, size + 2 * OVERSCAN);
  return html`<div class="log-frame">
    <div
      id="event-log"
      class="log"
      role="group"
      aria-label=${"Events in order, " + formatCount(total)}
      tabindex="0"
      @scroll=${control.scrolled}
    >
      <div .style=${"height:" + shown.before * ROW_PX + "px"}></div>
      <ol class="rows">
        ${repeat(
          shown.rows,
          (event, at) => event?.seq ?? "-" + (shown.before + at),
          (event, at) => row(event, shown.before + at, total, run, address, control),
        )}
      </ol>
      <div .style=${"height:" + shown.after * ROW_PX + "px"}></div>
      ${total === 0 || (log.exact && log.done && total === 0) ? empty(address) : nothing}
    </div>
    ${news(run, control)}
  </div>`;
}

function empty(address) {
  const filtered = address.q || address.kinds || address.who;
  return html`<p class="quiet">
    ${filtered ? "No event matches. Clear the filter to see them all." : "No events yet."}
  </p>`;
}

/** What happened since the reader left the end; the page stays where it is. */
function news(run, control) {
  if (run.following || run.endSeq !== null || run.log.exact) return nothing;
  const unseen = run.recent.filter((event) => event.seq > run.seenSeq).length;
  if (unseen === 0) return nothing;
  return html`<button
    class="button primary new-events"
    type="button"
    @click=${() => control.follower.follow(true)}
  >
    ${formatCount(unseen)} new
  </button>`;
}

function row(event, index, total, run, address, control) {
  if (!event) {
    return html`<li class="row waiting" aria-setsize=${total} aria-posinset=${index + 1}>
      <span class="visually-hidden">Loading</span>
    </li>`;
  }
  const chosen = event.seq === address.sel;
  const later = run.past.seq !== null && event.seq > run.past.seq;
  return html`<li class="row" aria-setsize=${total} aria-posinset=${index + 1}>
    ${guard([event, chosen, later, address.q, control.href({ sel: null })], () =>
      line(event, chosen, later, address, control),
    )}
  </li>`;
}

function line(event, chosen, later, address, control) {
  const words = wordsFor(event);
  const text = (value) => hits(asText(value), address.q);
  return html`<a
    class="event tone-text-${words.tone} ${later ? "later" : ""}"
    href=${control.href({ sel: chosen ? null : event.seq })}
    aria-current=${chosen ? "true" : "false"}
    data-seq=${event.seq}
  >
    <span class="seq mono">${formatCount(event.seq)}</span>
    <time datetime=${new Date(event.at).toISOString()} title=${absolute(event.at)}
      >${clock(event.at)}<span class="quiet"
        >.${String(event.at % 1000).padStart(3, "0")}</span
      ></time
    >
    ${icon(words.icon)}
    <span class="event-text">
      ${words.who ? html`<b><bdi>${text(participantName(words.who))}</bdi></b> ` : nothing}${text(words.did)}
      ${words.what ? html`<bdi class="what">${text(words.what)}</bdi>` : nothing}
      ${words.quote ? html`<bdi class="aside">${text(words.quote)}</bdi>` : nothing}
    </span>
    <span class="event-type mono">${text(event.type)}</span>
  </a>`;
}

function hits(text, q) {
  const parts = marked(text, q);
  return parts.length === 1
    ? text
    : parts.map((part, at) => (at % 2 ? html`<mark>${part}</mark>` : part));
}
