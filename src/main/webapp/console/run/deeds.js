// SPDX-License-Identifier: Apache-2.0
import { runPath } from "../router.js";
import { html, nothing } from "../vendor/html.js";
import { actionsFor, curlOf, failureOf } from "./actions.js";
import { asText } from "../ui/format.js";

/** What the reader does to a run, or takes from it. */
export function createDeeds(ctx, { run, dispatch, api, id, watch, parts, address, path }) {
  const failed = (action, error) => {
    ctx.guard(error);
    dispatch({ type: "run/busy", busy: { failed: failureOf(action, error) } });
  };

  async function act(action) {
    const body = await confirmed(ctx, action, run().record);
    if (body === null) return;
    dispatch({ type: "run/busy", busy: { id: action.id } });
    try {
      if (action.id === "export") await download(api, action, id);
      else await carryOut(action, body);
      dispatch({ type: "run/busy", busy: null });
      ctx.notify(action.done);
    } catch (error) {
      failed(action, error);
    }
  }

  async function carryOut(action, body) {
    const answer = await api.post(action.path, body);
    if (action.id === "clone") {
      ctx.go(runPath(answer.runId));
      return;
    }
    await watch.refresh();
  }

  async function simulate(policyId) {
    dispatch({
      type: "run/part",
      name: "whatIf",
      part: { phase: "loading", body: null, policyId },
    });
    try {
      const body = await api.post("/runtime/policies/simulate", { runId: id, policyId });
      dispatch({ type: "run/part", name: "whatIf", part: { phase: "ready", body, policyId } });
    } catch (error) {
      ctx.guard(error);
      dispatch({ type: "run/part", name: "whatIf", part: { phase: "error", error, policyId } });
    }
  }

  async function redeliver(delivery) {
    const action = { word: "Sending again" };
    try {
      await api.post(
        "/webhooks/" + delivery.webhookId + "/deliveries/" + delivery.id + "/redeliver",
      );
      parts.again("deliveries");
      ctx.notify("Sent again");
    } catch (error) {
      failed(action, error);
    }
  }

  return {
    act,
    simulate,
    redeliver,
    actions: () => actionsFor(run().record),
    dismiss: () => dispatch({ type: "run/busy", busy: null }),
    copyLink: () => ctx.copy(location.href, "Link copied"),
    copyText: (text, done) => ctx.copy(text, done),
    copyActionCurl: (action) =>
      ctx.copy(curlOf(action, location.origin, ctx.hasKey()), "curl command copied"),
    copyCurl() {
      const { at } = address();
      const call = {
        method: "GET",
        path: path + (at === null ? "/state" : "/replay/state?seq=" + at),
      };
      ctx.copy(curlOf(call, location.origin, ctx.hasKey()), "curl command copied");
    },
    openActions() {
      const menu = document.getElementById("run-actions");
      if (!menu) return;
      menu.open = true;
      menu.querySelector(".action > .button:not(.bare, :disabled)")?.focus();
    },
    async compare() {
      const other = await askWhichRun(ctx, api, id, address().at);
      if (other) ctx.go(other);
    },
  };
}

/** The body to send, or null when the reader backed out. */
async function confirmed(ctx, action, record) {
  if (!action.destroys) return action.body;
  const asksWhy = action.id === "cancel";
  const form = await ctx.ask({
    title: action.word + " this run?",
    body: html`<p>${action.destroys}</p>
      <p class="mono quiet">${asText(record.id)}</p>
      ${
        asksWhy
          ? html`<label class="field"
              >Reason, for the log
              <input name="reason" maxlength="500" autocomplete="off" />
            </label>`
          : nothing
      }`,
    confirm: action.word + " run",
    tone: "danger",
    cancel: "Keep it",
  });
  if (form === null) return null;
  const reason = asksWhy ? String(form.get("reason") ?? "").trim() : "";
  return reason ? { reason } : {};
}

/** Over the API, so that the key goes along; a link could not carry it. */
async function download(api, action, id) {
  const response = await fetch(action.path, { headers: api.headers() });
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    const error = new Error(body?.message ?? "The server answered " + response.status);
    throw Object.assign(error, { status: response.status });
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = "run-" + id + ".ndjson";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function askWhichRun(ctx, api, id, at) {
  const page = await api.listRuns(20).catch(() => ({ data: [] }));
  const others = page.data.filter((one) => one.id !== id);
  const form = await ctx.ask({
    title: "Compare with…",
    body: html`<label class="field"
        >Another run
        <select name="run">
          ${others.map(
            (one) =>
              html`<option value=${one.id}>
                ${asText(one.metadata?.scenarioRef ?? one.sourceRef ?? "Run")} · ${one.status} ·
                ${one.id.slice(0, 8)}
              </option>`,
          )}
          <option value="">This run at another moment</option>
        </select>
      </label>
      <label class="field"
        >or its id
        <input name="id" autocomplete="off" spellcheck="false" />
      </label>`,
    confirm: "Compare",
  });
  if (form === null) return null;
  const other = String(form.get("id") ?? "").trim() || String(form.get("run") ?? "");
  return comparePath(id, other || id, other ? null : (at ?? 1));
}

export function comparePath(left, right, leftAt = null) {
  const search = leftAt === null ? "" : "?leftAt=" + leftAt;
  return runPath(left) + "/compare/" + encodeURIComponent(right) + search;
}
