// SPDX-License-Identifier: Apache-2.0
import { asText, participantName, sentence } from "../ui/format.js";
import { ago } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";
import { shownProjection } from "./run-state.js";

const LONG_LIST = 12;
const STATUSES = ["idle", "active", "waiting", "completed", "failed", "skipped"];

/** Who takes part, what they are doing, and how they voted. */
export function participantsPanel(run, decision) {
  const participants = shownProjection(run).participants ?? [];
  return html`<section class="card" aria-labelledby="participants-title">
    <h2 id="participants-title">Participants <span class="count">${participants.length}</span></h2>
    ${
      participants.length === 0
        ? html`<p class="quiet">Nobody yet. Participants appear when the session is bound.</p>`
        : html`<ul
            class="participants"
            aria-label="Participants"
            tabindex=${participants.length > LONG_LIST ? "0" : nothing}
          >
            ${participants.map((one) => participant(one, decision))}
          </ul>`
    }
  </section>`;
}

function participant(one, decision) {
  const status = STATUSES.includes(one.status) ? one.status : "idle";
  const name = participantName(one.participantId);
  return html`<li class="participant">
    <span class="dot dot-${status}" aria-hidden="true"></span>
    <span class="participant-name" title=${asText(one.participantId)}><bdi>${name}</bdi></span>
    <span class="participant-status">${sentence(status)}</span>
    <span class="participant-note">
      ${one.role ? html`<span class="tag">${asText(one.role)}</span>` : nothing}
      ${stance(one.participantId, decision)}
      ${one.latestSummary ? html`<span>last: ${asText(one.latestSummary)}</span>` : nothing}
      ${one.latestActivityAt ? html`<span>${ago(one.latestActivityAt)}</span>` : nothing}
    </span>
  </li>`;
}

function stance(id, decision) {
  const votes = decision.proposals
    .flatMap((one) => one.votes)
    .filter((vote) => vote.who === id && !vote.late);
  if (votes.length === 0) return nothing;
  return votes.map(
    (vote) => html`<span class="stance side-${vote.side}">voted ${vote.word}</span>`,
  );
}
