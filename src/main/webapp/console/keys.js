// SPDX-License-Identifier: Apache-2.0
import { nextChoice } from "./ui/prefs.js";
import { showShortcuts } from "./ui/shortcut-table.js";

/** The shortcuts that work on every page. */
export function globalShortcuts(ctx) {
  const go = (path) => () => ctx.go(path);
  const turn = (name) => () => ctx.setPref(name, nextChoice(name, ctx.store.state.prefs[name]));
  return [
    { keys: "mod+k", label: "Go to a page, a run or an action", run: () => ctx.palette.open() },
    { keys: "?", label: "All shortcuts", run: showShortcuts },
    { keys: "/", label: "Search or filter what is shown", run: focusSearch },
    { keys: "g h", label: "Go to attention", run: go("/") },
    { keys: "g r", label: "Go to runs", run: go("/runs") },
    { keys: "g l", label: "Go to launch", run: go("/launch") },
    { keys: "g a", label: "Go to agents", run: go("/agents") },
    { keys: "g m", label: "Go to modes", run: go("/modes") },
    { keys: "g p", label: "Go to policies", run: go("/policies") },
    { keys: "g w", label: "Go to webhooks", run: go("/webhooks") },
    { keys: "g o", label: "Go to operations", run: go("/ops") },
    { keys: "g u", label: "Go to the audit log", run: go("/audit") },
    { keys: "g s", label: "Go to settings", run: go("/settings") },
    { keys: "g ?", label: "Go to help", run: go("/help") },
    { keys: "t a", label: "Relative or absolute times", run: turn("times") },
    { keys: "t z", label: "Local time or UTC", run: turn("zone") },
    { keys: "t t", label: "Next theme", run: turn("theme") },
    { keys: "t d", label: "Comfortable or compact", run: turn("density") },
    {
      keys: "y",
      label: "Copy the link to this view",
      run: () => ctx.copy(location.href, "Link copied"),
    },
    { keys: "j", label: "Next row", run: () => moveRow(1) },
    { keys: "k", label: "Previous row", run: () => moveRow(-1) },
  ];
}

function focusSearch() {
  document.querySelector("main input[type=search]")?.focus();
}

/** Rows are the elements marked `data-row`; what is focused is the link or button in them. */
function moveRow(step) {
  const rows = [...document.querySelectorAll("main [data-row]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  const target = next.querySelector("a[href], button:not(:disabled)") ?? next;
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}
