// SPDX-License-Identifier: Apache-2.0
import { load, resourceOf } from "../resources.js";
import { withSearch } from "../router.js";
import { plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { facts, loaded, pageHead } from "../ui/kit.js";
import { emptyState } from "../ui/states.js";
import { term } from "../ui/tip.js";
import { html, nothing } from "../vendor/html.js";

/** What the runtime offers: its own words about itself, and every mode. */
export const modesPage = {
  title: () => "Modes",
  open(ctx) {
    const ask = () => {
      load(ctx, "modes", () => ctx.api.get("/runtime/modes"));
      load(ctx, "manifest", () => ctx.api.get("/runtime/manifest"));
    };
    ask();
    return { reload: ask };
  },
  view(state, ctx) {
    const modes = resourceOf(state, "modes").data;
    return html`${pageHead({
      title: "Modes",
      sub:
        modes === null
          ? "\u00a0"
          : html`${plural(modes.length, "mode")} of the ${term("runtime")}, in its own words.`,
    })}
    ${manifest(resourceOf(state, "manifest").data)}
    ${loaded(state, "modes", "the modes", ctx.page().reload, (all) => (all.length === 0 ? none() : list(all)))}`;
  },
};

function none() {
  return emptyState({
    title: "The runtime has no modes",
    text: "It answers, but offers nothing to coordinate by. Register a mode with it.",
  });
}

function manifest(about) {
  if (about === null) return nothing;
  return html`<div class="card">
    <h2>${about.title ?? about.agentId} <span class="count mono">${about.agentId}</span></h2>
    ${about.description ? html`<p class="sub">${about.description}.</p>` : nothing}
  </div>`;
}

function list(modes) {
  return html`<ul class="cards">
    ${modes.map(
      (mode) =>
        html`<li class="card mode-card" data-row>
          <h2>${mode.title ?? mode.mode}</h2>
          <p class="mono quiet">${mode.mode} · ${mode.modeVersion}</p>
          <p>${mode.description ?? nothing}</p>
          ${facts([
            ["Participants", mode.participantModel ?? "–"],
            ["Determinism", mode.determinismClass ?? "–"],
          ])}
          <p class="hint">Messages; those that end a session are marked</p>
          <ul class="words">
            ${mode.messageTypes.map((type) => {
              const ends = mode.terminalMessageTypes.includes(type);
              return html`<li class=${ends ? "tag strong" : "tag"}>
                ${type}${ends ? html`${icon("flag")}<span class="visually-hidden"> ends the session</span>` : nothing}
              </li>`;
            })}
          </ul>
          <p class="actions-start">
            <a
              class="button"
              href=${withSearch("/launch", { mode: mode.mode })}
              aria-label="Launch a run in ${mode.title ?? mode.mode}"
              >Launch</a
            >
            <a
              class="button"
              href=${withSearch("/runs", { search: mode.mode })}
              aria-label="Runs in ${mode.title ?? mode.mode}"
              >Its runs</a
            >
            <a
              class="button"
              href=${withSearch("/policies", { mode: mode.mode })}
              aria-label="Policies of ${mode.title ?? mode.mode}"
              >Its policies</a
            >
          </p>
        </li>`,
    )}
  </ul>`;
}
