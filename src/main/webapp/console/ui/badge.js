// SPDX-License-Identifier: Apache-2.0
import { html } from "../vendor/html.js";
import { sentence } from "./format.js";
import { icon } from "./icons.js";

const STATUSES = {
  __proto__: null,
  queued: { tone: "rest", icon: "dots", about: "Accepted, not started yet" },
  starting: { tone: "wait", icon: "clock", about: "Talking to the runtime" },
  binding_session: { tone: "wait", icon: "clock", about: "Session found, observer attaching" },
  running: { tone: "live", icon: "pulse", about: "The session is open and observed" },
  suspended: { tone: "hold", icon: "pause", about: "Paused; can be resumed" },
  completed: { tone: "good", icon: "check", about: "The session was resolved" },
  failed: { tone: "bad", icon: "cross", about: "Ended without a resolution" },
  cancelled: { tone: "rest", icon: "ban", about: "Stopped by request" },
};

/** A run's status as icon and word, with what it means on hover. */
export function statusBadge(status) {
  const known = STATUSES[status] ?? { tone: "rest", icon: "dots", about: "Unknown status" };
  return badge(known.tone, known.icon, sentence(status || "unknown"), known.about);
}

export function badge(tone, iconName, word, about = "") {
  return html`<span class="badge tone-${tone}" title=${about}>${icon(iconName)}${word}</span>`;
}
