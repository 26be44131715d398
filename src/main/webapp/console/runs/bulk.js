// SPDX-License-Identifier: Apache-2.0
import { statusBadge } from "../ui/badge.js";
import { plural, shortId } from "../ui/format.js";
import { problemLine } from "../ui/problems.js";
import { html, nothing } from "../vendor/html.js";
import { runTitle } from "./record.js";
import { previewOf } from "./runs-state.js";

const LISTED = 12;
const MOST = { cancel: 200, archive: 200, delete: 200, export: 50 };
const WORDS = {
  cancel: ["Cancel", "will be cancelled", "danger", "Their sessions end. There is no way back."],
  archive: [
    "Archive",
    "will be archived",
    "primary",
    "They leave the lists and stay readable. There is no way back.",
  ],
  delete: [
    "Delete",
    "will be deleted",
    "danger",
    "The records, logs and everything that hangs on them go for ever.",
  ],
  export: [
    "Export",
    "will be exported",
    "primary",
    "One JSON file with the bundles: record, events and read model of each.",
  ],
};

/** Shows what would be touched, asks, does it, and tells what became of each. */
export async function bulk(ctx, action, records) {
  const preview = previewOf(action, records);
  const most = MOST[action];
  const touched = preview.touched.slice(0, most);
  const [verb, future, tone, about] = WORDS[action];
  if (touched.length === 0) {
    ctx.tell({ title: verb, body: html`<p>None of them: ${leftOut(preview.left)}</p>` });
    return;
  }
  const agreed = await ctx.ask({
    title: verb + " " + plural(touched.length, "run") + "?",
    body: html`<p>${plural(touched.length, "run")} ${future}. ${about}</p>
      ${runList(touched)}
      ${preview.touched.length > most ? html`<p class="hint">At most ${most} at once; the others stay selected.</p>` : nothing}
      ${preview.left.length > 0 ? html`<p>Not touched: ${leftOut(preview.left)}</p>` : nothing}`,
    confirm: verb + " " + plural(touched.length, "run"),
    cancel: "Back",
    tone,
  });
  if (agreed === null) return;
  const runIds = touched.map((run) => run.id);
  try {
    if (action === "export") {
      download(
        "runs.json",
        JSON.stringify(await ctx.api.post("/runs/batch/export", { runIds }), null, 1),
      );
      ctx.notify(plural(runIds.length, "run") + " exported");
    } else {
      const { results } = await ctx.api.post("/runs/batch/" + action, { runIds });
      finish(ctx, action, results, touched);
    }
  } catch (error) {
    ctx.guard(error);
    ctx.notify(problemLine(error));
  }
}

function finish(ctx, action, results, records) {
  const done = results.filter((one) => one.ok).map((one) => one.runId);
  const failed = results.filter((one) => !one.ok);
  if (action !== "cancel") ctx.store.dispatch({ type: "runs/removed", ids: done });
  else ctx.store.dispatch({ type: "runs/select", ids: done, on: false });
  const words =
    plural(done.length, "run") +
    " " +
    { cancel: "cancelled", archive: "archived", delete: "deleted" }[action];
  if (failed.length === 0) return ctx.notify(words);
  const titleOf = new Map(records.map((run) => [run.id, runTitle(run)]));
  return ctx.tell({
    title: words + ", " + failed.length + " not",
    body: html`<ul class="bulk-list">
      ${failed.map(
        (one) =>
          html`<li>
            <b><bdi>${titleOf.get(one.runId)}</bdi></b> ${one.error ?? ""}
          </li>`,
      )}
    </ul>`,
  });
}

function leftOut(left) {
  const byWhy = Map.groupBy(left, (one) => one.why);
  return (
    [...byWhy].map(([why, some]) => plural(some.length, "run") + " that " + why).join(", ") + "."
  );
}

function runList(records) {
  return html`<ul class="bulk-list">
    ${records
      .slice(0, LISTED)
      .map(
        (run) =>
          html`<li>
            ${statusBadge(run.status)} <bdi>${runTitle(run)}</bdi>
            <span class="mono quiet">${shortId(run.id)}</span>
          </li>`,
      )}
    ${records.length > LISTED ? html`<li class="hint">and ${records.length - LISTED} more</li>` : nothing}
  </ul>`;
}

/** Hands a text to the browser as a file. */
export function download(name, text, type = "application/json") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
