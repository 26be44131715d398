// SPDX-License-Identifier: Apache-2.0
import { readObject } from "../launch/schema-fields.js";
import { load, resourceOf } from "../resources.js";
import { runPath, withSearch } from "../router.js";
import { runTitle } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import { modeName, plural, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { dataTable, facts, field, jsonBlock, loaded, pageHead } from "../ui/kit.js";
import { problemLine } from "../ui/problems.js";
import { emptyState, inlineError } from "../ui/states.js";
import { ago, stamp } from "../ui/time.js";
import { term } from "../ui/tip.js";
import { html, nothing } from "../vendor/html.js";
import { lintResult } from "./lint-view.js";

const FORM = "policy";
const SAMPLE = {
  policyId: "policy.my-team",
  mode: "macp.mode.decision.v1",
  description: "More than half of the votes decide.",
  schemaVersion: 3,
  rules: {
    voting: { algorithm: "majority", threshold: 0.51 },
    commitment: { require_vote_quorum: true },
  },
};
export const policyPath = (id) => "/policies/" + encodeURIComponent(id);

const askForAll = (ctx) => load(ctx, "policies", () => ctx.api.get("/runtime/policies"));

/** Every policy of the runtime, and a place to write another one. */
export const policiesPage = {
  title: () => "Policies",
  open(ctx) {
    if (!ctx.store.state.forms[FORM]) write(ctx, JSON.stringify(SAMPLE, null, 2));
    askForAll(ctx);
    load(ctx, "policyRuns", () => ctx.api.listRuns(200, 0, { status: "completed" }));
    return { reload: () => askForAll(ctx) };
  },
  view(state, ctx) {
    const { mode = "" } = state.route.query;
    const all = resourceOf(state, "policies").data;
    return html`${pageHead({
      title: "Policies",
      sub:
        all === null
          ? "\u00a0"
          : html`${plural(all.length, "policy", "policies")} on the runtime. A session keeps its own
            copy of the ${term("policy")} it began with.`,
    })}
    ${
      mode
        ? html`<ul class="chips" aria-label="Filters">
            <li>
              <span class="chip"
                >Mode: ${modeName(mode)}
                <a href="/policies" aria-label="Take away: mode">${icon("close")}</a></span
              >
            </li>
          </ul>`
        : nothing
    }
    ${loaded(state, "policies", "the policies", ctx.page().reload, (policies) => list(policies.filter((one) => !mode || one.mode === "*" || one.mode === mode)))}
    ${editor(state, ctx)}`;
  },
};

function list(policies) {
  if (policies.length === 0)
    return emptyState({
      title: "No policy governs this mode",
      text: "Its sessions run under what the mode itself demands. Write one below.",
    });
  return dataTable({
    caption: "Policies",
    key: (policy) => policy.policyId,
    rows: policies,
    columns: [
      {
        name: "Policy",
        cell: (policy) =>
          html`<a class="mono" href=${policyPath(policy.policyId)}
            ><bdi>${policy.policyId}</bdi></a
          >`,
      },
      {
        name: "Governs",
        cell: (policy) => (policy.mode === "*" ? "Every mode" : modeName(policy.mode)),
      },
      {
        name: "What it says",
        cls: "wide",
        cell: (policy) => html`<bdi>${policy.description}</bdi>`,
      },
      {
        name: "Registered",
        cell: (policy) => (policy.registeredAtUnixMs ? ago(policy.registeredAtUnixMs) : "Built in"),
      },
    ],
  });
}

function write(ctx, text, patch = {}) {
  ctx.store.dispatch({
    type: "form/set",
    name: FORM,
    patch: { text, wrong: "", tried: null, error: null, ...patch },
  });
}

/** The runs that a policy of this mode can be tried on, the newest first. */
function triable(state, mode) {
  const runs = resourceOf(state, "policyRuns").data?.data ?? [];
  return runs.filter(
    (run) => mode === "*" || run.metadata?.executionRequest?.session?.modeName === mode,
  );
}

function editor(state, ctx) {
  const form = state.forms[FORM];
  if (!form) return nothing;
  const mode = modeIn(form.text);
  const runs = triable(state, mode).slice(0, 20);
  const input = html`<textarea
    id="policy-text"
    class="mono"
    rows="16"
    spellcheck="false"
    aria-describedby="policy-text-about"
    aria-invalid=${form.wrong ? "true" : "false"}
    .value=${form.text}
    @input=${(event) => write(ctx, event.target.value)}
  ></textarea>`;
  return html`<section class="card" aria-labelledby="policy-new">
    <h2 id="policy-new">Write a policy</h2>
    ${field({ id: "policy-text", label: "The policy as JSON", about: "Checking judges a recorded run by it; nothing is changed, and every mistake is named.", error: form.wrong, input })}
    <div class="form-foot">
      ${
        runs.length > 0
          ? html`<label class="inline-label" for="policy-run">Check on</label>
              <select id="policy-run">
                ${runs.map((run) => html`<option value=${run.id}>${runTitle(run)} · ${shortId(run.id)}</option>`)}
              </select>
              <button class="button" type="button" ?disabled=${form.busy} @click=${() => lint(ctx)}>
                ${icon("check")} Check
              </button>`
          : html`<span class="hint"
              >Nothing to check it on: no completed run of this mode among the newest.</span
            >`
      }
      <button
        class="button primary"
        type="button"
        ?disabled=${form.busy}
        @click=${() => register(ctx)}
      >
        ${icon("plus")} Register
      </button>
    </div>
    ${inlineError(form.error)} ${form.tried ? lintResult(form.tried) : nothing}
  </section>`;
}

function modeIn(text) {
  try {
    return JSON.parse(text).mode ?? "";
  } catch {
    return "";
  }
}

function read(ctx) {
  try {
    return readObject(ctx.store.state.forms[FORM].text);
  } catch (error) {
    ctx.store.dispatch({ type: "form/set", name: FORM, patch: { wrong: error.message } });
    document.getElementById("policy-text").focus();
    return null;
  }
}

async function send(ctx, path, body) {
  const set = (patch) => ctx.store.dispatch({ type: "form/set", name: FORM, patch });
  set({ busy: true, error: null, tried: null });
  try {
    return await ctx.api.post(path, body);
  } catch (error) {
    ctx.guard(error);
    set({ error });
    return null;
  } finally {
    set({ busy: false });
  }
}

async function lint(ctx) {
  const policy = read(ctx);
  if (!policy) return;
  const runId = document.getElementById("policy-run").value;
  const tried = await send(ctx, "/runtime/policies/simulate", { policy, runId });
  if (tried) ctx.store.dispatch({ type: "form/set", name: FORM, patch: { tried } });
}

async function register(ctx) {
  const policy = read(ctx);
  if (!policy) return;
  const done = await send(ctx, "/runtime/policies", policy);
  if (!done) return;
  if (done.ok) ctx.notify("Registered " + policy.policyId);
  else
    ctx.store.dispatch({
      type: "form/set",
      name: FORM,
      patch: {
        error: { status: 400, code: "INVALID_POLICY_DEFINITION", message: done.error ?? "" },
      },
    });
  askForAll(ctx);
}

/** One policy: its rules, and the runs that were bound to it. */
export const policyPage = {
  title: ({ route }) => route.params.id,
  open(ctx, route) {
    const { id } = route.params;
    ctx.store.dispatch({ type: "resource/forgotten", name: "policy" });
    ctx.store.dispatch({ type: "resource/forgotten", name: "boundRuns" });
    const ask = () => {
      load(ctx, "policy", () => ctx.api.policy(id));
      load(ctx, "boundRuns", () => ctx.api.listRuns(20, 0, { search: id }));
    };
    ask();
    return { reload: ask };
  },
  view(state, ctx) {
    const { id } = state.route.params;
    const tools = html`<button class="button" type="button" @click=${() => reuse(ctx)}>
        ${icon("note")} Write one like it
      </button>
      <button class="button danger" type="button" @click=${() => remove(ctx, id)}>
        ${icon("cross")} Remove…
      </button>`;
    return html`${pageHead({ title: id, back: { path: "/policies", label: "Policies" }, tools })}
    ${loaded(state, "policy", "the policy", ctx.page().reload, one)}
    ${loaded(state, "boundRuns", "its runs", ctx.page().reload, bound)}`;
  },
};

function one(policy) {
  return html`<div class="card">
    ${policy.description ? html`<p><bdi>${policy.description}</bdi></p>` : nothing}
    ${facts([
      ["Governs", policy.mode === "*" ? "Every mode" : policy.mode],
      ["Schema version", policy.schemaVersion],
      ["Registered", policy.registeredAtUnixMs ? stamp(policy.registeredAtUnixMs) : "Built in"],
    ])}
    <h2>Rules</h2>
    ${Object.keys(policy.rules).length === 0 ? html`<p class="hint">It adds none.</p>` : jsonBlock(policy.rules, "Rules")}
  </div>`;
}

function bound(page) {
  return html`<h2 class="section-title">
      Runs that name it <span class="count">${plural(page.total, "run")}</span>
    </h2>
    ${
      page.data.length === 0
        ? html`<p class="hint">None was launched with this policy.</p>`
        : dataTable({
            caption: "Runs that name this policy, newest first",
            rows: page.data,
            columns: [
              { name: "Status", cell: (run) => statusBadge(run.status) },
              {
                name: "Run",
                cell: (run) => html`<a href=${runPath(run.id)}><bdi>${runTitle(run)}</bdi></a>`,
              },
              { name: "Started", cell: (run) => ago(run.startedAt ?? run.createdAt) },
            ],
          })
    }`;
}

function reuse(ctx) {
  const { registeredAtUnixMs, ...policy } = resourceOf(ctx.store.state, "policy").data ?? SAMPLE;
  write(ctx, JSON.stringify({ ...policy, policyId: policy.policyId + ".copy" }, null, 2));
  ctx.go(withSearch("/policies", {}));
}

async function remove(ctx, id) {
  const agreed = await ctx.ask({
    title: "Remove " + id + "?",
    body: html`<p>
      Sessions that began under it keep their copy. New ones can no longer name it.
    </p>`,
    confirm: "Remove the policy",
    cancel: "Keep it",
    tone: "danger",
  });
  if (agreed === null) return;
  try {
    const done = await ctx.api.delete("/runtime/policies/" + encodeURIComponent(id));
    if (!done.ok) return ctx.notify("Not removed: " + (done.error ?? "the runtime refused"));
    ctx.notify("Removed " + id);
    ctx.go("/policies");
  } catch (error) {
    ctx.guard(error);
    ctx.notify(problemLine(error));
  }
}
