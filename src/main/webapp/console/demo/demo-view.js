// SPDX-License-Identifier: Apache-2.0
import { asText, durationWords, participantName } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { scenarioGroups } from "./scenario-groups.js";

export function demoButton(demo, actions) {
  if (demo.phase !== "available") return nothing;
  return html`<button
    class="button primary"
    type="button"
    aria-haspopup="dialog"
    @click=${actions.openDemo}
  >
    ${icon("play")} Start a demo
  </button>`;
}

/** A native modal dialog; app.js opens and closes it when `demo.open` changes. */
export function demoDialog(demo, actions) {
  return html`<dialog id="demo-dialog" aria-labelledby="demo-title" @close=${actions.closeDemo}>
    <div class="dialog-head">
      <h2 id="demo-title">Start a demo</h2>
      <button class="button bare" type="button" aria-label="Close" @click=${actions.closeDemo}>
        ${icon("cross")}
      </button>
    </div>
    <p class="sub">
      Scripted agents open a session on the embedded runtime and coordinate at human pace.
    </p>
    ${demo.open ? demoCards(demo, actions) : nothing}
  </dialog>`;
}

export function demoCards(demo, actions) {
  return html`${
      demo.error
        ? html`<p class="inline-error" role="alert">
            ${icon("cross")} The demo did not start: ${demo.error.message}
          </p>`
        : nothing
    }
    <div class="scenario-groups">
      ${scenarioGroups(demo.scenarios).map((group) => section(group, demo, actions))}
    </div>`;
}

function section(group, demo, actions) {
  return html`<section>
    <h3>${group.title}</h3>
    <p class="hint">${group.text}</p>
    <ul class="scenarios">
      ${group.scenarios.map((scenario) => card(scenario, demo, actions))}
    </ul>
  </section>`;
}

function lengthWords(ms) {
  return typeof ms === "number" ? " · about " + durationWords(Math.max(1_000, ms)) : "";
}

function card(scenario, demo, actions) {
  const names = (scenario.participants ?? []).map((one) => participantName(one?.id ?? one));
  const busy = demo.starting === scenario.id;
  return html`<li class="scenario">
    <div>
      <h4>${asText(scenario.title)}</h4>
      <p>${asText(scenario.description)}</p>
      <p class="hint">${names.join(", ")}${lengthWords(scenario.durationMs)}</p>
    </div>
    <button
      class="button primary"
      type="button"
      aria-label=${"Start " + asText(scenario.title)}
      ?disabled=${demo.starting !== null}
      @click=${() => actions.startDemo(scenario.id)}
    >
      ${busy ? "Starting…" : "Start"}
    </button>
  </li>`;
}
