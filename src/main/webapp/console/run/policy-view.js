// SPDX-License-Identifier: Apache-2.0
import { badge } from "../ui/badge.js";
import { asText, sentence } from "../ui/format.js";
import { ago } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";
import { shownProjection } from "./run-state.js";

const QUORUM = {
  __proto__: null,
  pending: { tone: "wait", icon: "clock", word: "Quorum pending" },
  reached: { tone: "good", icon: "check", word: "Quorum reached" },
  failed: { tone: "bad", icon: "cross", word: "Quorum failed" },
};

/** The rules the session is bound to, and what they said about commitments. */
export function policyPanel(run) {
  const policy = shownProjection(run).policy ?? {};
  const id = asText(policy.policyVersion);
  const quorum = QUORUM[policy.quorumStatus];
  return html`<section class="card" aria-labelledby="policy-title">
    <h2 id="policy-title">Policy</h2>
    ${
      id
        ? html`<p class="policy-id mono"><bdi>${id}</bdi></p>
            <p>${asText(policy.policyDescription ?? run.policy.body?.description)}</p>`
        : html`<p class="quiet">Not known until the session is bound.</p>`
    }
    ${quorum ? html`<p>${badge(quorum.tone, quorum.icon, quorum.word)}</p>` : nothing}
    ${expected(policy)} ${evaluations(policy)} ${rules(run.policy)}
  </section>`;
}

function expected(policy) {
  const list = policy.expectedCommitments ?? [];
  if (list.length === 0) return nothing;
  return html`<h3>Expected commitments</h3>
    <ul class="plain">
      ${list.map(
        (one) =>
          html`<li>
            <span class="mono">${asText(one.commitmentId ?? one.id)}</span> ${asText(one.title)}
          </li>`,
      )}
    </ul>`;
}

function evaluations(policy) {
  const list = policy.commitmentEvaluations ?? [];
  if (list.length === 0) return nothing;
  return html`<h3>Verdicts on commitments</h3>
    <ul class="plain">
      ${list.map(
        (one) =>
          html`<li>
            ${one.decision === "deny" ? badge("bad", "cross", "Denied") : badge("good", "check", "Allowed")}
            <span class="quiet">${ago(one.ts)}</span>
            <p class="reason"><bdi>${(one.reasons ?? []).map(asText).join("; ")}</bdi></p>
          </li>`,
      )}
    </ul>`;
}

function rules(policy) {
  const rows = flatten(policy.body?.rules ?? {});
  if (policy.phase !== "ready" || rows.length === 0) return nothing;
  return html`<details class="rules">
    <summary>Rules (${rows.length})</summary>
    <table>
      <caption class="visually-hidden">
        Rules of the policy
      </caption>
      <tbody>
        ${rows.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="mono"><bdi>${value}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** {voting: {algorithm: "majority"}} → [["Voting algorithm", "majority"]] */
export function flatten(rulesObject, path = []) {
  return Object.entries(rulesObject).flatMap(([key, value]) => {
    const here = [...path, key];
    const nested = typeof value === "object" && value !== null && !Array.isArray(value);
    return nested ? flatten(value, here) : [[sentence(here.join(" ")), asText(value)]];
  });
}
