// SPDX-License-Identifier: Apache-2.0
import {
  absolute,
  asText,
  clip,
  clock,
  dayAndClock,
  durationWords,
  formatCount,
  offsetWords,
  participantName,
  plural,
  timeOf,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState } from "../ui/states.js";
import { guard, html, nothing, repeat } from "../vendor/html.js";
import { countEvents, groupEvents, rowKey } from "./timeline.js";

const LONG_QUOTE = 280;

/** The log as lines: who did what and why, minor events folded with their count. */
export function timelinePanel(run, level, actions) {
  const count = countEvents(run.events);
  return html`<section class="card timeline" aria-labelledby="timeline-title">
    <div class="card-head">
      <h2 id="timeline-title">Timeline</h2>
      <nav class="switch" aria-label="Which events">
        ${choice("key", "Key events", count.key, level)} ${choice("all", "All", count.all, level)}
      </nav>
    </div>
    ${
      run.eventsError
        ? errorState(run.eventsError, actions.reloadRun, "The events did not load")
        : nothing
    }
    ${run.events.length === 0 ? noEvents(run) : log(run, level, actions)}
  </section>`;
}

function choice(value, word, count, level) {
  const href = value === "all" ? "?events=all" : location.pathname;
  const current = value === level ? "true" : "false";
  return html`<a href=${href} aria-current=${current}>
    ${word} <span class="count">${formatCount(count)}</span>
  </a>`;
}

function noEvents(run) {
  if (run.eventsError) return nothing;
  return html`<p class="quiet">No events yet. The first one appears when the run is created.</p>`;
}

function log(run, level, actions) {
  const start = timeOf(run.record.startedAt ?? run.record.createdAt) ?? run.events[0].at;
  const groups = groupEvents(run.events, level);
  return html`${run.hasEarlier ? earlier(run, actions) : nothing}
    <div class="log-frame">
      <div
        id="timeline-log"
        class="log"
        role="log"
        aria-live="off"
        aria-label="Events in order"
        tabindex="0"
        @scroll=${actions.timelineScrolled}
      >
        ${repeat(
          groups,
          (group) => group.minute,
          (group, at) => groupBlock(group, groups[at - 1], start),
        )}
      </div>
      ${run.following ? nothing : newEvents(run, actions)}
    </div>
    <p class="hint mono">${extent(run)}</p>`;
}

/** What this page holds of the log, and whether that is all of its end. */
function extent({ events, endSeq }) {
  const range = "seq " + formatCount(events[0].seq) + " to " + formatCount(events.at(-1).seq);
  const end = endSeq === null ? "" : " · log complete";
  return plural(events.length, "event") + ", " + range + end;
}

function earlier(run, actions) {
  return html`<p class="more">
    <button class="button" type="button" ?disabled=${run.loadingEarlier} @click=${actions.earlierEvents}>
      ${run.loadingEarlier ? "Loading…" : "Show earlier events"}
    </button>
  </p>`;
}

function newEvents(run, actions) {
  const unseen = run.events.filter((event) => event.seq > run.seenSeq).length;
  if (unseen === 0) return nothing;
  return html`<button class="button primary new-events" type="button" @click=${actions.followTimeline}>
    ${formatCount(unseen)} new
  </button>`;
}

function groupBlock(group, previous, start) {
  const { minute } = group;
  return html`${group.quietMs ? gap(group.quietMs) : nothing}
    <h3 class="minute">${minuteWords(minute, previous)}</h3>
    <ol class="events">
      ${repeat(group.rows, rowKey, (row) => html`<li>${rowBlock(row, start)}</li>`)}
    </ol>`;
}

function rowBlock(row, start) {
  if (row.fold) return foldRow(row.fold, start);
  return row.event ? guardedLine(row, start) : gap(row.quietMs);
}

function gap(quietMs) {
  return html`<p class="gap">${durationWords(quietMs)} quiet</p>`;
}

/** The day is told where it begins. */
function minuteWords(minute, previous) {
  return (sameDay(minute, previous) ? clock(minute) : dayAndClock(minute)).slice(0, -3);
}

function sameDay(minute, previous) {
  return (
    previous !== undefined &&
    new Date(minute).toDateString() === new Date(previous.minute).toDateString()
  );
}

function foldRow(rows, start) {
  return html`<details class="fold">
    <summary>${plural(rows.length, "minor event")}</summary>
    <ol class="events">
      ${rows.map((row) => html`<li>${guardedLine(row, start)}</li>`)}
    </ol>
  </details>`;
}

function actor(id) {
  if (!id) return nothing;
  return html`<b title=${asText(id)}><bdi>${participantName(id)}</bdi></b> `;
}

/** What an agent said, in full; a long speech is opened by the reader. */
function quote(text) {
  if (text === "") return nothing;
  if (text.length <= LONG_QUOTE) return html`<p class="quote"><bdi>${text}</bdi></p>`;
  return html`<details class="quote">
    <summary><bdi>${clip(text, LONG_QUOTE)}</bdi></summary>
    <p><bdi>${text}</bdi></p>
  </details>`;
}

/** A line is rendered again only when it is about something else: long logs stay cheap. */
function guardedLine(row, start) {
  return guard([row.event, row.also, start], () => line(row, start));
}

function line({ event, words, also }, start) {
  return html`<div class="event tone-text-${words.tone}" id="seq-${event.seq}">
    <time datetime=${new Date(event.at).toISOString()} title=${absolute(event.at)}
      >${offsetWords(event.at - start)}</time
    >
    ${icon(words.icon)}
    <div class="event-text">
      <p>
      ${actor(words.who)}${words.did}
      ${words.what ? html`<bdi class="what">${words.what}</bdi>` : nothing}
      </p>
      ${quote(words.quote)}
    </div>
    <span class="event-type mono" title=${event.type}>${event.type}</span>
    <span class="seq mono" title=${also ? "The message and the event made from it" : nothing}
      >${also ? also.seq + "–" : nothing}${event.seq}</span
    >
  </div>`;
}
