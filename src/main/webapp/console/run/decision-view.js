// SPDX-License-Identifier: Apache-2.0
import { badge } from "../ui/badge.js";
import {
  absolute,
  asText,
  clip,
  clock,
  formatCount,
  participantName,
  percent,
  plural,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { isTerminal, latestSeq, shownProjection, statusOf } from "./run-state.js";
import { outcomeOf } from "./outcome.js";
import { tallyBar, tallyLabel } from "./tally-bar.js";

const SEVERITY_TONES = {
  __proto__: null,
  critical: "bad",
  high: "bad",
  medium: "warn",
  low: "rest",
};

/** Proposals with what was said and voted about them, and the commitment that ended it. */
export function decisionPanel(run, decision, control) {
  return html`<section class="card decision" aria-labelledby="decision-title">
    <div class="card-head">
      <h2 id="decision-title">Decision</h2>
      <span class="hint mono">as of seq ${formatCount(asOf(run))}</span>
    </div>
    ${commitmentBlock(run, decision, control)}
    ${
      decision.proposals.length === 0
        ? html`<p class="quiet">No proposal has been made.</p>`
        : decision.proposals.map((one) => proposalBlock(one, decision))
    }
  </section>`;
}

function asOf(run) {
  return run.past.seq ?? Math.max(run.lastSeq, latestSeq(shownProjection(run)));
}

function commitmentBlock(run, decision, control) {
  const { commitment, chosen, proposals } = decision;
  if (!commitment) return noCommitment(run, decision);
  const about = proposals.find((one) => one.id === chosen?.id);
  const outcome = outcomeWords(commitment.positive);
  return html`<div class="commitment tone-${outcome.tone}">
    <h3>
      ${icon("flag")} Commitment
      ${commitment.seq ? html`<a class="seq" href=${control.href({ sel: commitment.seq })}>seq ${formatCount(commitment.seq)}</a>` : nothing}
    </h3>
    <p class="reason"><bdi>${commitment.reason || "No reason was given."}</bdi></p>
    <dl class="facts">
      ${fact("Outcome", badge(outcome.tone, outcome.icon, outcome.word))}
      ${fact("Action", html`<code><bdi>${commitment.action}</bdi></code>`)}
      ${fact(
        "Proposal",
        about
          ? html`<span title=${chosen.how}><bdi>${about.option || about.id}</bdi></span>`
          : "not named by the commitment",
      )}
      ${fact("Committed by", who(commitment.who))} ${fact("At", time(commitment.at))}
      ${fact("Confidence", percent(commitment.confidence))}
      ${fact("Authority", commitment.authority)} ${fact("Hash", hash(commitment, control))}
      ${fact("Supersedes", supersedes(commitment))}
    </dl>
  </div>`;
}

/** Logs of earlier releases have neither a hash nor a reason why there is none. */
function hash(commitment, control) {
  if (!commitment.hash) {
    const words = commitment.unverifiable.replaceAll("_", " ");
    return words && html`<span class="quiet">cannot be verified: <bdi>${words}</bdi></span>`;
  }
  return html`<code title=${commitment.hash}>${clip(commitment.hash, 24)}</code>
    <button
      class="button"
      type="button"
      aria-label="Copy the hash of the commitment"
      @click=${() => control.copyText(commitment.hash, "Hash copied")}
    >
      Copy
    </button>`;
}

function supersedes({ supersedes: session }) {
  return (
    session &&
    html`<span title=${session}
      >session <code><bdi>${clip(session, 40)}</bdi></code></span
    >`
  );
}

function outcomeWords(positive) {
  if (positive === true) return { tone: "good", icon: "check", word: "Positive" };
  if (positive === false) return { tone: "warn", icon: "ban", word: "Negative (declined)" };
  return { tone: "rest", icon: "dots", word: "Not stated" };
}

function noCommitment(run, decision) {
  if (!isTerminal(statusOf(run))) return nothing;
  const outcome = outcomeOf(run, decision);
  return html`<div class="commitment tone-${outcome.tone}">
    <h3>${icon(outcome.icon)} No commitment</h3>
    <p class="reason"><bdi>${outcome.sentence}</bdi></p>
  </div>`;
}

function fact(name, value) {
  return value === ""
    ? nothing
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
}

function proposalBlock(proposal, { chosen, commitment }) {
  const { tally } = proposal;
  const isChosen = chosen?.id === proposal.id;
  return html`<article class="proposal ${isChosen ? "proposal-chosen" : ""}">
    <h3>
      <bdi>${proposal.option || proposal.id || "Unnamed proposal"}</bdi>
      ${isChosen ? verdictTag(commitment.positive) : nothing}
      <span class="seq mono"><bdi>${proposal.id}</bdi></span>
    </h3>
    ${
      proposal.named
        ? html`<p class="by">Proposed by ${who(proposal.sender)} at ${time(proposal.at)}</p>`
        : html`<p class="by">The proposal itself is not in the events that this page has.</p>`
    }
    ${quoted(proposal.rationale)}
    ${proposal.votes.length + (tally.threshold ?? 0) > 0 ? votes(proposal) : nothing}
    ${objections(proposal.objections)} ${evaluations(proposal.evaluations)}
  </article>`;
}

function verdictTag(positive) {
  const { tone, icon: name } = outcomeWords(positive);
  const word = positive === null ? "Committed" : positive ? "Approved" : "Declined";
  return badge(tone, name, word);
}

function votes(proposal) {
  const { tally } = proposal;
  return html`<h4>
      Votes <span class="tally-words">${tallyLabel({ ...tally, threshold: null })}</span>
    </h4>
    ${tallyBar(tally)} ${threshold(tally)}
    ${
      proposal.votes.length === 0
        ? nothing
        : table(
            "Votes",
            ["Voter", "Vote", "Reason", "At"],
            proposal.votes.map((vote) => [
              who(vote.who),
              html`<span class="stance side-${vote.side}">${vote.word}</span>${lateMark(vote)}`,
              reason(vote.reason),
              time(vote.at),
            ]),
          )
    }`;
}

function threshold({ threshold: needed, allow }) {
  if (!needed)
    return html`<p class="hint">The server has not published a threshold for this proposal.</p>`;
  const words = allow >= needed ? "reached" : needed - allow + " short";
  return html`<p class="hint">Threshold: ${plural(needed, "vote")} for, ${words}.</p>`;
}

function evaluations(list) {
  if (list.length === 0) return nothing;
  return html`<h4>Evaluations <span class="count">${list.length}</span></h4>
    ${table(
      "Evaluations",
      ["By", "Recommends", "Confidence", "Reason", "At"],
      list.map((one) => [
        who(one.who),
        html`<span class="word"><bdi>${one.recommendation || "–"}</bdi></span
          >${lateMark(one)}`,
        confidence(one.confidence),
        reason(one.reason),
        time(one.at),
      ]),
    )}`;
}

function confidence(value) {
  const words = percent(value);
  if (!words) return html`<span class="quiet">not given</span>`;
  return html`<span class="confidence">
    <meter min="0" max="1" .value=${value} aria-hidden="true"></meter
    ><span class="num">${words}</span>
  </span>`;
}

function objections(list) {
  if (list.length === 0) return nothing;
  return html`<h4>Objections <span class="count">${list.length}</span></h4>
    <ul class="objections">
      ${list.map(
        (one) =>
          html`<li>
            ${badge(SEVERITY_TONES[one.severity] ?? "rest", "hand", clip(one.severity, 24))}
            <p>
              ${who(one.who)}${lateMark(one)}: ${reason(one.reason)}
              <span class="quiet">${time(one.at)}</span>
            </p>
          </li>`,
      )}
    </ul>`;
}

function table(caption, columns, rows) {
  return html`<div class="scroll-box" tabindex="0" role="region" aria-label=${caption}>
    <table class="inner" role="table">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map((cell, at) => html`<td role="cell" data-label=${columns[at]}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function lateMark(one) {
  return one.late
    ? html` <span class="tag" title="After the commitment; not counted">late</span>`
    : nothing;
}

function who(id) {
  const name = participantName(id) || "unknown";
  return html`<span class="who" title=${asText(id)}><bdi>${name}</bdi></span>`;
}

function quoted(text) {
  return text ? html`<p class="reason"><bdi>${text}</bdi></p>` : nothing;
}

function reason(text) {
  return text
    ? html`<bdi class="said">${text}</bdi>`
    : html`<span class="quiet">no reason given</span>`;
}

function time(at) {
  return at
    ? html`<time datetime=${new Date(at).toISOString()} title=${absolute(at)}>${clock(at)}</time>`
    : "–";
}
