// SPDX-License-Identifier: Apache-2.0
import { load, resourceOf } from "../resources.js";
import { plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { dataTable, loaded, pageHead } from "../ui/kit.js";
import { emptyState, inlineError } from "../ui/states.js";
import { ago } from "../ui/time.js";
import { term } from "../ui/tip.js";
import { html, nothing } from "../vendor/html.js";
import { actionsOf } from "./actions.js";
import { deliveriesView, statusTag, webhookFacts } from "./webhook-view.js";

const DELIVERIES = 50;
export const EVENTS = [
  "run.started",
  "run.suspended",
  "run.resumed",
  "run.completed",
  "run.failed",
  "run.cancelled",
];
const webhookPath = (id) => "/webhooks/" + encodeURIComponent(id);

/** Every subscription and how it fares. Of the list the server tells no health, so each is asked for. */
export const webhooksPage = {
  title: () => "Webhooks",
  open(ctx) {
    const ask = () =>
      load(ctx, "webhooks", async () => {
        const all = await ctx.api.get("/webhooks");
        return Promise.all(all.map((one) => ctx.api.get(webhookPath(one.id)).catch(() => one)));
      });
    ask();
    return { reload: ask };
  },
  view(state, ctx) {
    const all = resourceOf(state, "webhooks").data;
    return html`${pageHead({
      title: "Webhooks",
      sub:
        all === null
          ? "\u00a0"
          : html`${plural(all.length, "subscription")}. Each is told at least once, in order for one
            run; what fails is tried again and kept.`,
      tools: html`<button class="button" type="button" @click=${ctx.page().reload}>
        ${icon("retry")} Look again
      </button>`,
    })}
    ${loaded(state, "webhooks", "the webhooks", ctx.page().reload, (rows) => (rows.length === 0 ? none() : list(rows)))}
    ${newWebhook(state, ctx)}`;
  },
};

function none() {
  return emptyState({
    title: "Nobody is told of anything",
    text: "A webhook tells another server when a run starts, ends or fails. Subscribe one below.",
  });
}

function list(rows) {
  return dataTable({
    caption: "Webhooks",
    rows,
    columns: [
      { name: "Health", cell: (one) => statusTag(one) },
      {
        name: "Address",
        cls: "wide",
        cell: (one) => html`<a href=${webhookPath(one.id)}><bdi>${one.url}</bdi></a>`,
      },
      {
        name: "Told of",
        cell: (one) => (one.events.length === 0 ? "everything" : one.events.join(", ")),
      },
      {
        name: term("delivery", "Delivered"),
        cls: "num",
        cell: (one) => one.deliveryStats?.succeeded ?? "–",
      },
      { name: "Failed", cls: "num", cell: (one) => one.deliveryStats?.failed ?? "–" },
      { name: "Pending", cls: "num", cell: (one) => one.health?.pending ?? "–" },
      {
        name: "Last attempt",
        cell: (one) => (one.health?.lastAttemptAt ? ago(one.health.lastAttemptAt) : "never"),
      },
    ],
  });
}

function newWebhook(state, ctx) {
  const form = state.forms.webhook ?? {};
  return html`<section class="card" aria-labelledby="webhook-new">
    <h2 id="webhook-new">Subscribe</h2>
    <form @submit=${(event) => actionsOf(ctx).create(event)}>
      <div class="fields">
        <div class="field">
          <label for="webhook-url">Address</label>
          <input
            id="webhook-url"
            name="url"
            type="url"
            required
            maxlength="2048"
            placeholder="https://ci.example/hook"
          />
        </div>
        <div class="field">
          <label for="webhook-secret">Secret</label>
          <input
            id="webhook-secret"
            name="secret"
            required
            maxlength="255"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="webhook-secret-about"
          />
          <p class="hint" id="webhook-secret-about">
            Deliveries are signed with it; both sides know it, and it is not shown again.
          </p>
        </div>
      </div>
      <fieldset class="checks">
        <legend>Told of <span class="hint">none chosen means everything</span></legend>
        ${EVENTS.map((name) => html`<label class="check"><input type="checkbox" name="events" value=${name} /> ${name}</label>`)}
      </fieldset>
      ${inlineError(form.error)}
      <div class="form-foot">
        <button class="button primary" type="submit" ?disabled=${form.busy}>
          ${icon("plus")} Subscribe
        </button>
      </div>
    </form>
  </section>`;
}

/** One subscription: its health, its log of deliveries, and what can be done. */
export const webhookPage = {
  title: (state) => resourceOf(state, "webhook").data?.url ?? "Webhook",
  open(ctx, route) {
    const path = webhookPath(route.params.id);
    ctx.store.dispatch({ type: "resource/forgotten", name: "webhook" });
    ctx.store.dispatch({ type: "resource/forgotten", name: "deliveries" });
    const ask = (query) => {
      load(ctx, "webhook", () => ctx.api.get(path));
      load(ctx, "deliveries", () =>
        ctx.api.get(path + "/deliveries", {
          status: query.status || undefined,
          limit: DELIVERIES,
          offset: Number(query.offset) || 0,
        }),
      );
    };
    ask(route.query);
    return { onQuery: ask, reload: () => ask(ctx.store.state.route.query) };
  },
  view(state, ctx) {
    const act = actionsOf(ctx);
    const hook = resourceOf(state, "webhook").data;
    const tools =
      hook === null
        ? nothing
        : html`<button class="button" type="button" @click=${() => act.test(hook)}>
              ${icon("send")} Send a test
            </button>
            <button class="button" type="button" @click=${() => act.toggle(hook)}>
              ${icon(hook.active ? "pause" : "play")} ${hook.active ? "Pause" : "Activate"}
            </button>
            <button class="button" type="button" @click=${() => act.rotate(hook)}>
              ${icon("key")} New secret…
            </button>
            <button class="button danger" type="button" @click=${() => act.remove(hook)}>
              ${icon("cross")} Delete…
            </button>`;
    return html`${pageHead({ title: hook?.url ?? "Webhook", back: { path: "/webhooks", label: "Webhooks" }, tools })}
    ${loaded(state, "webhook", "the webhook", ctx.page().reload, webhookFacts)}
    ${loaded(state, "deliveries", "the deliveries", ctx.page().reload, (page) => deliveriesView(state, page, ctx, act))}`;
  },
};
