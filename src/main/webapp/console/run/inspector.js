// SPDX-License-Identifier: Apache-2.0
import {
  absolute,
  asText,
  dayAndClock,
  formatCount,
  participantName,
  timeOf,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { wordsFor } from "./event-words.js";
import { toEvent } from "./events.js";
import { jsonTree } from "./json-view.js";

/** The selected event in full: in words, as we understand it, and as it arrived. */
export function inspector(run, address, control) {
  const part = run.parts.event;
  const fresh = part?.key === String(address.sel);
  return html`<aside class="card inspector" aria-label=${"Event " + address.sel}>
    <div class="card-head">
      <h2>Event <span class="mono">${formatCount(address.sel)}</span></h2>
      <div class="inspector-tools">
        <button class="button" type="button" @click=${() => control.go({ at: address.sel })}>
          ${icon("clock")} Go to this moment
        </button>
        <button
          class="button bare"
          type="button"
          aria-label="Close the event"
          @click=${() => control.go({ sel: null })}
        >
          ${icon("close")}
        </button>
      </div>
    </div>
    ${fresh && part.phase === "error" ? failed(part, control) : nothing}
    ${fresh && part.phase === "ready" ? facts(part.body, run, control) : nothing}
    ${!fresh || part.phase === "loading" ? html`<p class="quiet" aria-busy="true">Loading…</p>` : nothing}
  </aside>`;
}

function failed(part, control) {
  return html`<p class="inline-error" role="alert">${icon("cross")} ${part.error.message}</p>
    <p class="hint">
      Raw facts take numbers, too, so not every number is an event.
      <button class="button" type="button" @click=${() => control.select(1)}>Next event</button>
    </p>`;
}

function facts({ event: row, raw }, run, control) {
  const event = toEvent(row);
  const words = wordsFor(event);
  const isRaw = Boolean(run.parts.raw?.body);
  return html`<p class="said-line tone-text-${words.tone}">
      ${icon(words.icon)}
      <span
        >${words.who ? html`<b><bdi>${participantName(words.who)}</bdi></b> ` : nothing}${words.did}
        ${words.what ? html`<bdi class="what">${words.what}</bdi>` : nothing}</span
      >
    </p>
    ${words.quote ? html`<p class="reason"><bdi>${words.quote}</bdi></p>` : nothing}
    <dl class="facts">
      ${fact("Type", html`<span class="mono">${event.type}</span>`)}
      ${fact("At", html`<time title=${absolute(event.at)}>${dayAndClock(event.at)}</time>`)}
      ${fact("Source", asText(row.sourceName))}
      ${row.subjectId ? fact("Subject", html`<span class="mono"><bdi>${asText(row.subjectId)}</bdi></span>`) : nothing}
      ${row.traceId ? fact("Trace", html`<span class="mono">${asText(row.traceId)}</span>`) : nothing}
    </dl>
    <div class="switch" role="group" aria-label="Form of the event">
      <button type="button" aria-pressed=${!isRaw} @click=${() => isRaw && control.toggleRaw()}>
        Canonical
      </button>
      <button type="button" aria-pressed=${isRaw} @click=${() => !isRaw && control.toggleRaw()}>
        Raw
      </button>
    </div>
    ${isRaw ? rawOf(raw, control) : tree(row, control, "Event copied as JSON")}`;
}

function fact(name, value) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function rawOf(raw, control) {
  if (!raw) {
    return html`<p class="quiet">
      The control plane states this itself; nothing arrived from outside that it was made of.
    </p>`;
  }
  return html`<p class="hint">
      Raw fact ${formatCount(raw.seq)}, ${asText(raw.kind)}, arrived
      ${dayAndClock(timeOf(raw.ts) ?? 0)}
    </p>
    ${tree(raw, control, "Raw fact copied as JSON")}`;
}

function tree(value, control, done) {
  const text = JSON.stringify(value, null, 2);
  return html`<div class="json-head">
      <button class="button" type="button" @click=${() => control.copyText(text, done)}>
        Copy as JSON
      </button>
    </div>
    <div class="json" tabindex="0" role="group" aria-label="JSON">${jsonTree(value)}</div>`;
}
