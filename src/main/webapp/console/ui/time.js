// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { absolute, agoWords, dayAndClock, durationWords, timeOf } from "./format.js";

const shown = new Set();
let pinned = false;

/** "relative" tells how long ago something was, "absolute" when. */
export function setTimes(times) {
  pinned = times === "absolute";
}

/**
 * `<live-time at="…" kind="ago|elapsed">`: a text that grows older by itself, so that a second
 * passing does not render the page. One timer serves all of them.
 */
class LiveTime extends HTMLElement {
  static observedAttributes = ["at", "kind"];

  connectedCallback() {
    shown.add(this);
    this.update();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  attributeChangedCallback() {
    this.update();
  }

  update() {
    const at = Number(this.getAttribute("at"));
    const now = Date.now();
    const elapsed = this.getAttribute("kind") === "elapsed";
    const text = elapsed ? durationWords(now - at) : pinned ? dayAndClock(at) : agoWords(at, now);
    if (text !== this.textContent) this.textContent = text;
  }
}

customElements.define("live-time", LiveTime);
setInterval(() => {
  if (document.visibilityState === "visible") shown.forEach((element) => element.update());
}, 1_000);

/** "12 s ago", with the exact time on hover. */
export function ago(iso) {
  const at = timeOf(iso);
  if (at === null) return nothing;
  return html`<time datetime=${new Date(at).toISOString()} title=${absolute(at)}
    ><live-time at=${at} kind="ago"></live-time
  ></time>`;
}

/** The day and the time, for tables that are read by time. */
export function stamp(iso) {
  const at = timeOf(iso);
  if (at === null) return "–";
  return html`<time datetime=${new Date(at).toISOString()} title=${absolute(at)}
    >${dayAndClock(at)}</time
  >`;
}

/** How long something took, or has been going on when it has no end yet. */
export function duration(startIso, endIso) {
  const start = timeOf(startIso);
  const end = timeOf(endIso);
  if (start === null) return "–";
  if (end !== null) return durationWords(Math.max(0, end - start));
  return html`<live-time at=${start} kind="elapsed"></live-time>`;
}
