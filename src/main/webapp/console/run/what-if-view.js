// SPDX-License-Identifier: Apache-2.0
import { badge } from "../ui/badge.js";
import { asText, formatCount } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { shownProjection } from "./run-state.js";

/** What another policy would have said of the same session. The server plays it; nothing is changed. */
export function whatIfPanel(run, control) {
  const { policies, whatIf } = run.parts;
  const mode = shownProjection(run).run?.modeName;
  const fitting = (policies?.body ?? []).filter((one) => one.mode === "*" || one.mode === mode);
  const submit = (event) => {
    event.preventDefault();
    control.simulate(event.target.elements.namedItem("policy").value);
  };
  return html`<section class="card what-if" aria-labelledby="what-if-title">
    <h2 id="what-if-title">What if another policy had ruled?</h2>
    <form class="what-if-form" @submit=${submit}>
      <label for="what-if-policy">Policy</label>
      <select id="what-if-policy" name="policy">
        ${fitting.map((one) => html`<option value=${one.policyId}>${asText(one.policyId)}</option>`)}
      </select>
      <button
        class="button primary"
        type="submit"
        ?disabled=${fitting.length === 0 || whatIf?.phase === "loading"}
      >
        ${whatIf?.phase === "loading" ? "Playing it…" : "Play it"}
      </button>
    </form>
    <p class="hint">The recorded session is judged anew. Nothing is changed by it.</p>
    <div aria-live="polite">
      ${whatIf?.phase === "error" ? failed(whatIf.error) : nothing}
      ${whatIf?.phase === "ready" ? result(whatIf.body, control) : nothing}
    </div>
  </section>`;
}

function failed(error) {
  return html`<p class="inline-error">
    ${icon("cross")} This could not be played: ${error.message}
  </p>`;
}

function result(body, control) {
  return html`<h3>Under <bdi>${asText(body.policyId)}</bdi></h3>
    ${
      body.commitments.length === 0
        ? html`<p>Nobody tried to commit in this session. ${ready(body.readyAt, control)}</p>`
        : body.commitments.map((one) => verdict(one, control))
    }
    ${body.commitments.length ? html`<p class="hint">${ready(body.readyAt, control)}</p>` : nothing}
    ${(body.warnings ?? []).map((text) => html`<p class="hint">${icon("hand")} ${asText(text.message ?? text)}</p>`)}`;
}

function verdict(one, control) {
  const allowed = one.verdict === "allowed";
  const same = allowed === (one.recorded === "accepted");
  return html`<div class="verdict">
    <p>
      ${allowed ? badge("good", "check", "Allowed") : badge("bad", "cross", "Denied")}
      <code><bdi>${asText(one.action)}</bdi></code>
      <a class="mono" href=${control.href({ sel: one.seq })}>seq ${formatCount(one.seq)}</a>
      <span class="quiet"
        >${same ? "as it was recorded" : "other than recorded (" + asText(one.recorded) + ")"}</span
      >
    </p>
    <ul class="plain">
      ${one.reasons.map(
        (reason) =>
          html`<li>
            <bdi>${asText(reason.message)}</bdi>
            ${reason.rule ? html`<span class="quiet mono">${asText(reason.rule)}</span>` : nothing}
          </li>`,
      )}
    </ul>
  </div>`;
}

function ready(readyAt, control) {
  const link = (seq) => html`<a href=${control.href({ sel: seq })}>seq ${formatCount(seq)}</a>`;
  const { positive, negative } = readyAt ?? {};
  return html`${positive ? html`A positive commitment would have been allowed from ${link(positive)} on. ` : nothing}
  ${negative ? html`A negative one from ${link(negative)} on.` : nothing}`;
}
