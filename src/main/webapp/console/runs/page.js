// SPDX-License-Identifier: Apache-2.0
import { runPath } from "../router.js";
import { bulk } from "./bulk.js";
import { readFilter } from "./filter.js";
import { watchRuns } from "./runs-live.js";
import { runsView, summary } from "./runs-view.js";
import { keepViews, loadViews, viewPath } from "./saved-views.js";
import { html } from "../vendor/html.js";

const TYPED_MS = 250;

/** All runs, filtered by the address. */
export const runsPage = {
  title: () => "Runs",
  open(ctx, route) {
    ctx.store.dispatch({ type: "form/set", name: "views", patch: { saved: loadViews() } });
    const watch = watchRuns(ctx, route.query);
    const sight = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) watch.more();
      },
      { rootMargin: "600px" },
    );
    return {
      ...watch,
      sight,
      close() {
        sight.disconnect();
        watch.close();
      },
    };
  },
  shortcuts: (ctx) => shortcuts(ctx, actionsOf(ctx)),
  view: (state, ctx) => runsView(state, actionsOf(ctx)),
  /** More rows come when the reader comes near the end of those that are there. */
  shown() {
    const end = document.getElementById("more-runs");
    const { sight } = current?.page() ?? {};
    if (!sight || sight.seen === end) return;
    sight.disconnect();
    sight.seen = end;
    if (end) sight.observe(end);
  },
  spoken: ({ runs }) => (runs.phase === "ready" ? { text: summary(runs), final: false } : null),
};

let current = null;
let made = null;

function actionsOf(ctx) {
  current = ctx;
  made ??= actions(ctx);
  return made;
}

function actions(ctx) {
  const { store } = ctx;
  const runs = () => store.state.runs;
  let lastPicked = null;
  let timer = 0;
  const show = (query) => ctx.go(viewPath(query));
  const search = (form) => {
    clearTimeout(timer);
    const text = form.elements.namedItem("search").value.trim();
    const { search: before = "", ...rest } = runs().filter;
    if (text !== before) ctx.replace(viewPath(text ? { ...rest, search: text } : rest));
  };
  const select = (ids, on) => store.dispatch({ type: "runs/select", ids, on });
  return {
    openDemo: ctx.openDemo,
    startDemo: ctx.startDemo,
    show,
    reloadRuns: () => ctx.page().reload(),
    moreRuns: () => ctx.page().more(),
    filter(name, value) {
      const { [name]: gone, ...rest } = runs().filter;
      show(readFilter(value ? { ...rest, [name]: value } : rest));
    },
    search(event) {
      event.preventDefault();
      search(event.target);
    },
    typed(event) {
      clearTimeout(timer);
      timer = setTimeout(search, TYPED_MS, event.target.form);
    },
    showHeld() {
      store.dispatch({ type: "runs/showHeld" });
      scrollTo({ top: 0 });
    },
    selectRun(id, event) {
      const ids = runs().items.map((run) => run.id);
      const [from, to] = [ids.indexOf(lastPicked), ids.indexOf(id)].sort((a, b) => a - b);
      lastPicked = id;
      if (event.shiftKey && from >= 0) select(ids.slice(from, to + 1), event.target.checked);
      else select([id], event.target.checked);
    },
    selectAll: (on) =>
      select(
        runs().items.map((run) => run.id),
        on,
      ),
    clearSelection: () => select([...runs().selected], false),
    toggle: (id) => select([id]),
    bulk: (action) =>
      bulk(
        ctx,
        action,
        runs().items.filter((run) => runs().selected.has(run.id)),
      ),
    async saveView() {
      const fields = await ctx.ask({
        title: "Save this view",
        body: html`<div class="field">
          <label for="view-name">Name</label>
          <input id="view-name" name="name" required maxlength="60" autocomplete="off" />
          <p class="hint">Kept in this browser. The address alone shows the same to others.</p>
        </div>`,
        confirm: "Save",
      });
      const name = fields?.get("name").trim();
      if (name)
        keep([...loadViews().filter((one) => one.name !== name), { name, query: runs().filter }]);
    },
    forgetView: (view) => keep(loadViews().filter((one) => one.name !== view.name)),
  };
  function keep(saved) {
    keepViews(saved);
    store.dispatch({ type: "form/set", name: "views", patch: { saved } });
  }
}

function shortcuts(ctx, act) {
  const row = () => document.activeElement?.closest?.("[data-row]");
  const id = () => row()?.querySelector("[data-run]")?.dataset.run;
  const scope = "runs";
  return [
    { scope, keys: "x", label: "Select the row", run: () => id() && act.toggle(id()) },
    { scope, keys: "c", label: "Compare the two selected runs", run: () => compare(ctx) },
    {
      scope,
      keys: ".",
      label: "Actions of the selection",
      run: () => document.querySelector(".bulk .button")?.focus(),
    },
    { scope, keys: "escape", label: "Select none", run: act.clearSelection },
  ];
}

function compare(ctx) {
  const [a, b, ...others] = ctx.store.state.runs.selected;
  if (!b || others.length > 0) ctx.notify("Select two runs to compare them");
  else ctx.go(runPath(a) + "/compare/" + encodeURIComponent(b));
}
