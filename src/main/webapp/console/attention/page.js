// SPDX-License-Identifier: Apache-2.0
import { runTitle } from "../runs/record.js";
import { problemLine } from "../ui/problems.js";
import { html } from "../vendor/html.js";
import { watchAttention } from "./attention-live.js";
import { groupsOf } from "./attention-state.js";
import { attentionView, summary } from "./attention-view.js";

export const attentionPage = {
  title: () => "Attention",
  open(ctx) {
    return { ...watchAttention(ctx), ...actions(ctx) };
  },
  view: attentionView,
  spoken({ attention }) {
    if (attention.phase !== "ready") return null;
    return { text: summary(attention, groupsOf(attention)), final: false };
  },
};

function actions(ctx) {
  const path = (record) => "/runs/" + encodeURIComponent(record.id);
  async function change(record, word, body) {
    try {
      const changed = await ctx.api.post(path(record) + "/" + word, body);
      ctx.store.dispatch({ type: "runs/changed", records: [changed] });
      return true;
    } catch (error) {
      ctx.guard(error);
      ctx.notify(problemLine(error));
      return false;
    }
  }
  return {
    async resume(record) {
      if (await change(record, "resume", {})) ctx.notify("Resumed " + runTitle(record));
    },
    async cancel(record) {
      const fields = await ctx.ask({
        title: "Cancel " + runTitle(record) + "?",
        body: html`<p>The session ends, and nothing can be committed in it any more.</p>
          <div class="field">
            <label for="reason">Reason, for the agents and the audit log</label>
            <input id="reason" name="reason" maxlength="4096" />
          </div>`,
        confirm: "Cancel the run",
        cancel: "Keep it",
        tone: "danger",
      });
      if (fields === null) return;
      const ids = [record.id];
      ctx.store.dispatch({ type: "attention/asked", ids });
      const reason = fields.get("reason").trim();
      if (await change(record, "cancel", reason ? { reason } : {}))
        ctx.notify("Cancelled " + runTitle(record));
      ctx.store.dispatch({ type: "attention/answered", ids });
    },
  };
}
