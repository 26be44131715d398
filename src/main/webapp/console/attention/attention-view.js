// SPDX-License-Identifier: Apache-2.0
import { demoCards } from "../demo/demo-view.js";
import { connectionPill } from "../live/connection-view.js";
import { runPath } from "../router.js";
import { runTitle, sessionOf } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import { asText, durationWords, formatCount, modeName, plural, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { pageHead } from "../ui/kit.js";
import { causeOf } from "../ui/problems.js";
import { emptyState, errorState, inlineError, loadingState } from "../ui/states.js";
import { ago } from "../ui/time.js";
import { html, nothing, repeat } from "../vendor/html.js";
import { deadlineOf, groupsOf, stuckReason } from "./attention-state.js";
import { healthStrip } from "./health-strip.js";

const SHOWN = 50;
const SOON_MS = 120_000;

/** What needs somebody, the most urgent first. */
export function attentionView({ attention, demo }, ctx) {
  const groups = groupsOf(attention);
  return html`${pageHead({
    title: "Attention",
    sub: summary(attention, groups),
    tools: html`${connectionPill(attention.connection)}
      <a class="button" href="/launch">${icon("plus")} Launch a run</a>`,
  })}
  ${healthStrip(attention.health)} ${body(attention, groups, demo, ctx)}`;
}

export function summary({ phase }, { waiting, stuck, failed, running }) {
  if (phase !== "ready") return "\u00a0";
  const parts = [
    waiting.length > 0 ? plural(waiting.length, "run waits", "runs wait") + " for somebody" : "",
    stuck.length > 0 ? formatCount(stuck.length) + " stuck" : "",
    failed.length > 0 ? formatCount(failed.length) + " failed in the last 24 hours" : "",
  ].filter(Boolean);
  const going = plural(running.length, "run") + " going on";
  return (parts.length > 0 ? parts.join(", ") : "Nothing needs you") + "; " + going + ".";
}

function body(attention, groups, demo, ctx) {
  if (attention.phase === "error")
    return errorState(attention.error, () => ctx.page().reload(), "What goes on did not load");
  if (attention.phase !== "ready") return loadingState("what needs attention", 6);
  if (attention.records.size === 0) return nothingYet(demo, ctx);
  return html`${inlineError(attention.error)} ${attention.urgent === 0 ? calm() : nothing}
  ${section("waiting", "Waiting for somebody", groups.waiting, (one) => waitingRow(one, ctx))}
  ${section("stuck", "Stuck", groups.stuck, (one) => stuckRow(one, attention.health.body, ctx))}
  ${section("failed", "Failed in the last 24 hours", groups.failed, failedRow)}
  ${section("stopping", "Stopping", groups.stopping, stoppingRow)}
  ${running(groups.running, attention)}`;
}

function calm() {
  return html`<p class="calm">${icon("check")} Nothing needs you. What goes on is below.</p>`;
}

function nothingYet(demo, ctx) {
  const offer = demo.phase === "available";
  return emptyState({
    title: "Nothing needs you: no runs yet",
    text: offer
      ? "Runs that wait, are stuck or have failed appear here. To see one now, start a demo: scripted agents coordinate over the real protocol."
      : "Runs that wait, are stuck or have failed appear here as soon as an agent opens a session on the runtime.",
    action: html`<p class="actions">
        <a class="button" href="/launch">${icon("plus")} Launch a run</a>
      </p>
      ${offer ? demoCards(demo, ctx) : nothing}`,
  });
}

function section(name, title, rows, row) {
  if (rows.length === 0) return nothing;
  return html`<section class="attention attention-${name}" aria-labelledby="attention-${name}">
    <h2 id="attention-${name}">${title} <span class="count">${formatCount(rows.length)}</span></h2>
    <ul class="card attention-list">
      ${repeat(rows.slice(0, SHOWN), (one) => one.record.id, row)}
    </ul>
    ${rest(rows.length)}
  </section>`;
}

function rest(count) {
  if (count <= SHOWN) return nothing;
  return html`<p class="hint">
    ${formatCount(count - SHOWN)} more are in <a href="/runs">Runs</a>.
  </p>`;
}

function running(rows, attention) {
  const beyond = (attention.totals.running ?? 0) > 200;
  return html`<section class="attention" aria-labelledby="attention-running">
    <h2 id="attention-running">
      Running now <span class="count">${formatCount(rows.length)}${beyond ? "+" : ""}</span>
    </h2>
    ${
      rows.length === 0
        ? html`<p class="hint">
            No run goes on now. <a href="/launch">Launch one</a>, or see
            <a href="/runs">all runs</a>.
          </p>`
        : html`<ul class="card attention-list">
            ${repeat(
              rows.slice(0, SHOWN),
              (one) => one.record.id,
              ({ record }) =>
                line(
                  record,
                  deadlineWords(record, attention.now) || modeWords(record),
                  nothing,
                  "last event",
                ),
            )}
          </ul>`
    }
    ${rest(rows.length)}
  </section>`;
}

function modeWords(record) {
  const { modeName: mode, participants } = sessionOf(record);
  const agents = Array.isArray(participants) ? plural(participants.length, "agent") : "";
  return [mode ? modeName(mode) : "", agents].filter(Boolean).join(", ");
}

function deadlineWords(record, now) {
  const deadline = deadlineOf(record);
  if (deadline === null || deadline - now > SOON_MS) return "";
  return deadline <= now
    ? "its time to live has run out"
    : "runs out of time in " + durationWords(deadline - now);
}

function line(record, sentence, tools, when) {
  const title = runTitle(record);
  const id = shortId(record.id);
  return html`<li data-row>
    <div class="a-status">${statusBadge(record.status)}</div>
    <div class="a-what">
      <a href=${runPath(record.id)}><bdi>${title}</bdi></a>
      ${title.endsWith(id) ? nothing : html`<span class="mono quiet">${id}</span>`}
      <p><bdi>${sentence}</bdi></p>
    </div>
    <div class="a-when"><span class="hint">${when}</span> ${ago(record.updatedAt)}</div>
    <div class="a-tools">${tools}</div>
  </li>`;
}

function waitingRow({ record, why, denial }, ctx) {
  if (why === "suspended")
    return line(
      record,
      "Suspended: nothing happens until somebody resumes or cancels it",
      controls(record, ctx),
      "suspended",
    );
  const reasons = denial.data?.reasons;
  const because =
    Array.isArray(reasons) && reasons.length > 0 ? ": " + asText(reasons.join("; ")) : "";
  return line(
    record,
    "The policy denied a commitment" + because,
    html`<a class="button" href=${runPath(record.id)}>See why</a>`,
    "denied",
  );
}

function controls(record, ctx) {
  return html`<button
      class="button"
      type="button"
      aria-label="Resume ${runTitle(record)}"
      @click=${() => ctx.page().resume(record)}
    >
      Resume
    </button>
    ${cancelButton(record, ctx)}`;
}

function cancelButton(record, ctx) {
  return html`<button
    class="button"
    type="button"
    aria-label="Cancel ${runTitle(record)}…"
    @click=${() => ctx.page().cancel(record)}
  >
    Cancel…
  </button>`;
}

function stuckRow(one, health, ctx) {
  const { record, silent } = one;
  const words =
    "Nothing for " + durationWords(silent) + ". " + stuckReason(one, health, durationWords) + ".";
  return line(record, words, cancelButton(record, ctx), "last event");
}

function failedRow({ record }) {
  const like = "/launch?like=" + encodeURIComponent(record.id);
  const known = record.errorMessage && record.errorCode !== "RUN_FAILED";
  const sentence = known
    ? html`${causeOf(record)} <span class="hint">${asText(record.errorMessage)}</span>`
    : causeOf(record);
  return line(
    record,
    sentence,
    html`<a class="button" href=${like} aria-label="Launch like ${runTitle(record)}"
      >Launch like it</a
    >`,
    "failed",
  );
}

function stoppingRow({ record }) {
  return line(
    record,
    "Cancelling was asked for here and is not confirmed yet",
    nothing,
    "last event",
  );
}
