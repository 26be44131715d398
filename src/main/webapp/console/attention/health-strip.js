// SPDX-License-Identifier: Apache-2.0
import { formatCount, plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { metric } from "../ui/prometheus.js";
import { problemLine } from "../ui/problems.js";
import { ago } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";

const BREAKER = {
  __proto__: null,
  CLOSED: ["good", "Closed", "calls go through"],
  OPEN: ["bad", "Open", "calls to the runtime are paused"],
  HALF_OPEN: ["warn", "Half open", "one call is tried"],
};

/**
 * Pure: the state of every part, as words.
 *
 * @returns {{name: string, tone: string, word: string, detail: string, icon: string}[]}
 */
export function healthTiles({ body, metrics }) {
  const runtime = body?.runtime ?? {};
  const modes = runtime.manifest?.supportedModes?.length;
  const [tone, word, detail] = BREAKER[body?.circuitBreaker] ?? ["rest", "Unknown", ""];
  const streams = metrics ? metric(metrics, "active_runtime_streams") : null;
  const lines = metrics ? metric(metrics, "active_sse_connections") : null;
  const following = body?.streamConsumer === "ok";
  return [
    {
      name: "Runtime",
      icon: "server",
      tone: runtime.ok ? "good" : "bad",
      word: runtime.ok ? "Answers" : "Does not answer",
      detail: runtime.ok
        ? modes === undefined
          ? ""
          : plural(modes, "mode")
        : (runtime.detail ?? ""),
    },
    { name: "Circuit breaker", icon: "fuse", tone, word, detail },
    {
      name: "Database",
      icon: "database",
      tone: body?.database === "ok" ? "good" : "bad",
      word: body?.database === "ok" ? "Answers" : "Does not answer",
      detail: "",
    },
    {
      name: "Streams",
      icon: "pulse",
      tone: following ? "good" : "bad",
      word: following ? "Following" : "Not following",
      detail:
        streams === null
          ? ""
          : formatCount(streams) + " from the runtime, " + formatCount(lines ?? 0) + " to readers",
    },
  ];
}

/** The parts that everything else depends on; each leads to the page that says more. */
export function healthStrip(health) {
  if (health.phase === "error")
    return html`<p class="inline-error" role="alert">
      ${icon("cross")} How the parts are is not known: ${problemLine(health.error)}
    </p>`;
  if (health.body === null)
    return html`<div class="health" aria-hidden="true">
      ${[1, 2, 3, 4].map(() => html`<div class="bone"></div>`)}
    </div>`;
  return html`<section class="health" aria-label="Health">
    ${healthTiles(health).map(
      (tile) =>
        html`<a class="health-tile tone-${tile.tone}" href="/ops">
          <span class="health-name">${icon(tile.icon)} ${tile.name}</span>
          <span class="health-word"
            >${icon(tile.tone === "good" ? "check" : tile.tone === "bad" ? "cross" : "clock")}
            ${tile.word}</span
          >
          <span class="health-detail">${tile.detail || nothing}</span>
        </a>`,
    )}
    <p class="health-at hint">Probed ${ago(health.at)}</p>
  </section>`;
}
