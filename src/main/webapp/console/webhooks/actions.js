// SPDX-License-Identifier: Apache-2.0
import { plural } from "../ui/format.js";
import { problemLine } from "../ui/problems.js";
import { html, nothing } from "../vendor/html.js";

let made = null;

/** What can be done to subscriptions; each says how it went and asks for the page anew. */
export function actionsOf(ctx) {
  made ??= actions(ctx);
  return made;
}

function actions(ctx) {
  const { api } = ctx;
  const path = (id) => "/webhooks/" + encodeURIComponent(id);

  async function act(work) {
    try {
      const words = await work();
      if (words) ctx.notify(words);
    } catch (error) {
      ctx.guard(error);
      ctx.notify(problemLine(error));
    }
    ctx.page().reload?.();
  }
  return {
    async create(event) {
      event.preventDefault();
      const target = event.target;
      const fields = new FormData(target);
      const body = {
        url: fields.get("url"),
        secret: fields.get("secret"),
        events: fields.getAll("events"),
      };
      const set = (patch) => ctx.store.dispatch({ type: "form/set", name: "webhook", patch });
      set({ busy: true, error: null });
      try {
        await api.post("/webhooks", body);
        target.reset();
        ctx.notify("Subscribed");
        ctx.page().reload();
      } catch (error) {
        ctx.guard(error);
        set({ error });
      }
      set({ busy: false });
    },
    test: (hook) =>
      act(async () => {
        const delivery = await api.post(path(hook.id) + "/test");
        if (delivery.status === "delivered")
          return "The test arrived: HTTP " + delivery.responseStatus;
        return (
          "The test did not arrive: " + (delivery.errorMessage ?? "HTTP " + delivery.responseStatus)
        );
      }),
    toggle: (hook) =>
      act(async () => {
        await api.patch(path(hook.id), { active: !hook.active });
        return hook.active ? "Paused" : "Active";
      }),
    redeliver: (id, delivery) =>
      act(async () => {
        await api.post(path(id) + "/deliveries/" + delivery.id + "/redeliver");
        return "It is sent again";
      }),
    redeliverFailed: (id) =>
      act(async () => {
        const { redelivered } = await api.post(path(id) + "/deliveries/redeliver");
        return redelivered === 0
          ? "Nothing had failed"
          : plural(redelivered, "delivery", "deliveries") + " sent again";
      }),
    async rotate(hook) {
      const fields = await ctx.ask({
        title: "New secret",
        body: html`<p>
            Both secrets sign for a while, so that the receiver can change over without losing
            anything.
          </p>
          <div class="field">
            <label for="new-secret">Secret</label>
            <input
              id="new-secret"
              name="secret"
              maxlength="255"
              autocomplete="off"
              spellcheck="false"
            />
            <p class="hint">Leave it empty to have one made.</p>
          </div>`,
        confirm: "Change the secret",
      });
      if (fields === null) return;
      const secret = fields.get("secret").trim();
      act(async () => {
        const changed = await api.post(path(hook.id) + "/rotate-secret", secret ? { secret } : {});
        showSecret(ctx, changed.secret);
        return "";
      });
    },
    async remove(hook) {
      const agreed = await ctx.ask({
        title: "Delete this webhook?",
        body: html`<p>
          <bdi>${hook.url}</bdi> is told nothing more, and the log of its deliveries goes with it.
        </p>`,
        confirm: "Delete the webhook",
        cancel: "Keep it",
        tone: "danger",
      });
      if (agreed === null) return;
      try {
        await api.delete(path(hook.id));
        ctx.notify("Deleted");
        ctx.go("/webhooks");
      } catch (error) {
        ctx.guard(error);
        ctx.notify(problemLine(error));
      }
    },
  };
}

function showSecret(ctx, secret) {
  ctx.tell({
    title: "The new secret",
    body: html`<p>Shown here only. Give it to the receiver now.</p>
      <p><code class="secret">${secret}</code></p>
      ${secret ? html`<button class="button" type="button" @click=${() => ctx.copy(secret, "Secret copied")}>Copy</button>` : nothing}`,
  });
}
