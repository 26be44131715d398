// SPDX-License-Identifier: Apache-2.0
import { resourceOf } from "../resources.js";
import { plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { field, pageHead } from "../ui/kit.js";
import { inlineError } from "../ui/states.js";
import { html, nothing } from "../vendor/html.js";
import { startOf } from "./presets.js";
import { textOf, valueAt } from "./schema-fields.js";

const GROUPS = [
  ["session", "Session", "What agents open on the runtime."],
  ["runtime", "Runtime", ""],
  ["execution", "This launch", "How it is found again, and on whose behalf."],
];

/** The form, the JSON behind it, and what the server says of both. */
export function launchView(state, fields, actions) {
  const form = state.forms.launch;
  if (!form?.value) return pageHead({ title: "Launch" });
  const modes = resourceOf(state, "modes").data ?? [];
  const policies = resourceOf(state, "policies").data ?? [];
  return html`${pageHead({
      title: "Launch",
      sub:
        form.from || "Announces a run. The session begins when an agent opens it on the runtime.",
      tools: html`<button class="button" type="button" @click=${actions.copyCurl}>
        ${icon("shell")} Copy as curl
      </button>`,
    })}
    ${presets(form, modes, actions)}
    <div class="launch-grid">
      <form
        class="card launch-form"
        novalidate
        @submit=${(event) => {
          event.preventDefault();
          actions.launch();
        }}
      >
        ${choices(modes, policies, form.value)}
        ${input(
          fields.find((one) => one.path === "mode"),
          form,
          actions,
        )}
        ${GROUPS.map(([prefix, title, about]) => group(prefix, title, about, fields, form, actions))}
        ${verdict(form)} ${inlineError(form.error)}
        <div class="form-foot">
          <button class="button primary" type="submit" ?disabled=${Boolean(form.busy)}>
            ${icon("play")} ${form.busy === "/runs" ? "Launching…" : "Launch"}
          </button>
          <button
            class="button"
            type="button"
            ?disabled=${Boolean(form.busy)}
            @click=${actions.check}
          >
            ${icon("check")} ${form.busy === "/runs/validate" ? "Checking…" : "Check only"}
          </button>
          <button class="button bare-text" type="button" @click=${actions.savePreset}>
            ${icon("star")} Save as a preset…
          </button>
        </div>
      </form>
      ${editor(form, actions)}
    </div>`;
}

function presets(form, modes, actions) {
  const own = form.presets ?? [];
  return html`<nav class="views" aria-label="Presets">
    ${modes.map(
      (mode) =>
        html`<button
          type="button"
          @click=${() => actions.show(startOf(mode.mode, mode.modeVersion, form.value.runtime?.kind), "")}
        >
          ${mode.title ?? mode.mode}
        </button>`,
    )}
    ${own.map(
      (preset) =>
        html`<button
            type="button"
            @click=${() => actions.show(preset.value, "Preset " + preset.name)}
          >
            <bdi>${preset.name}</bdi>
          </button>
          <button
            class="view-gone"
            type="button"
            aria-label="Forget the preset ${preset.name}"
            @click=${() => actions.forgetPreset(preset)}
          >
            ${icon("close")}
          </button>`,
    )}
  </nav>`;
}

/** What the runtime knows, offered while typing. */
function choices(modes, policies, value) {
  const mode = value.session?.modeName;
  const fitting = policies.filter((one) => one.mode === "*" || one.mode === mode);
  return html`<datalist id="known-modes">
      ${modes.map((one) => html`<option value=${one.mode}>${one.title ?? ""}</option>`)}
    </datalist>
    <datalist id="known-policies">
      ${fitting.map((one) => html`<option value=${one.policyId}>${one.description}</option>`)}
    </datalist>`;
}

const LISTS = { "session.modeName": "known-modes", "session.policyVersion": "known-policies" };

function group(prefix, title, about, fields, form, actions) {
  const own = fields.filter((one) => one.path.startsWith(prefix + "."));
  const needed = own.filter(
    (one) => one.required || one.path === "session.policyVersion" || one.path === "execution.tags",
  );
  const others = own.filter((one) => !needed.includes(one));
  return html`<fieldset>
    <legend>${title}</legend>
    ${about ? html`<p class="hint">${about}</p>` : nothing}
    <div class="fields">${needed.map((one) => input(one, form, actions))}</div>
    ${
      others.length > 0
        ? html`<details>
            <summary>${plural(others.length, "more field")}</summary>
            <div class="fields">${others.map((one) => input(one, form, actions))}</div>
          </details>`
        : nothing
    }
  </fieldset>`;
}

function input(one, form, actions) {
  const id = "launch-" + one.path;
  const value = textOf(one, valueAt(form.value, one.path));
  const error = form.wrong[one.path] ?? "";
  const described =
    [one.about ? id + "-about" : "", error ? id + "-error" : ""].filter(Boolean).join(" ") ||
    nothing;
  const change = (event) => actions.typed(one, event.target.value);
  const label = html`${one.label}${one.required ? html` <span class="hint">needed</span>` : nothing}`;
  return field({ id, label, about: aboutOf(one), error, input: control() });

  function control() {
    if (one.kind === "choice")
      return html`<select id=${id} aria-describedby=${described} @change=${change}>
        ${one.required ? nothing : html`<option value="" ?selected=${value === ""}>–</option>`}
        ${one.choices.map((choice) => html`<option value=${choice} .selected=${choice === value} ?selected=${choice === value}>${choice}</option>`)}
      </select>`;
    if (["lines", "ids", "json"].includes(one.kind))
      return html`<textarea
        id=${id}
        class=${one.kind === "json" ? "mono" : ""}
        rows="3"
        spellcheck="false"
        aria-describedby=${described}
        aria-invalid=${error ? "true" : "false"}
        .value=${value}
        @change=${change}
      ></textarea>`;
    return html`<input
      id=${id}
      inputmode=${one.kind === "number" ? "numeric" : "text"}
      list=${LISTS[one.path] ?? nothing}
      spellcheck="false"
      autocomplete="off"
      aria-describedby=${described}
      aria-invalid=${error ? "true" : "false"}
      .value=${value}
      @change=${change}
    />`;
  }
}

function aboutOf(one) {
  if (one.kind === "ids") return "One agent a line, for example agent://risk.";
  if (one.kind === "lines") return one.about || "One a line.";
  return one.about;
}

function verdict({ checked }) {
  if (!checked) return nothing;
  const { valid, errors, warnings } = checked;
  return html`<div class="verdict tone-${valid ? "good" : "bad"}" role="status">
    <p>
      <b
        >${icon(valid ? "check" : "cross")}
        ${valid ? "The server would take this." : "The server would refuse this."}</b
      >
    </p>
    <ul class="bullets">
      ${[...errors, ...warnings.map((text) => "Warning: " + text)].map((text) => html`<li>${text}</li>`)}
      <li>
        ${checked.runtime.reachable ? "The runtime answers and has " + plural(checked.runtime.supportedModes.length, "mode") + "." : "The runtime could not be reached."}
      </li>
    </ul>
  </div>`;
}

function editor(form, actions) {
  return html`<section class="card launch-json" aria-label="As JSON">
    <h2>As JSON</h2>
    <p class="hint">The same as the form; change either.</p>
    <textarea
      aria-label="The launch as JSON"
      class="mono"
      rows="24"
      spellcheck="false"
      aria-invalid=${form.jsonError ? "true" : "false"}
      .value=${form.json}
      @input=${(event) => actions.edited(event.target.value)}
    ></textarea>
    ${form.jsonError ? html`<p class="field-error" role="alert">${form.jsonError}</p>` : nothing}
  </section>`;
}
