// SPDX-License-Identifier: Apache-2.0
import { runPath } from "../router.js";
import { runTitle } from "../runs/record.js";
import { html, nothing, render } from "../vendor/html.js";
import { sentence, shortId } from "./format.js";
import { icon } from "./icons.js";
import { NAVIGATION } from "./navigation.js";
import { nextChoice } from "./prefs.js";
import { showShortcuts } from "./shortcut-table.js";

const SEARCH_AFTER_MS = 180;
const MOST_RUNS = 6;

/**
 * Pure: the entries whose words all occur, those first that begin with what was typed.
 *
 * @param {{label: string, words?: string}[]} entries
 */
export function findEntries(entries, query) {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const text = (entry) => (entry.label + " " + (entry.words ?? "")).toLowerCase();
  const begins = (entry) => (words.length > 0 && text(entry).startsWith(words[0]) ? 0 : 1);
  return entries
    .filter((entry) => words.every((word) => text(entry).includes(word)))
    .sort((a, b) => begins(a) - begins(b));
}

/** Whether what was typed can be the id of a run as it stands. */
export function isRunId(text) {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text.trim());
}

/** The palette: pages, runs and actions by typing. */
export function createPalette(ctx) {
  let dialog = null;
  let query = "";
  let at = 0;
  let runs = [];
  let timer = 0;

  function entries() {
    const typed = query.trim();
    const direct = isRunId(typed)
      ? [entry("Run", "Open run " + typed, "flag", () => ctx.go(runPath(typed)))]
      : [];
    const found = runs.map((run) =>
      entry(
        "Run",
        runTitle(run) + " · " + shortId(run.id),
        "flag",
        () => ctx.go(runPath(run.id)),
        sentence(run.status),
      ),
    );
    return [...direct, ...findEntries([...pages(ctx), ...commands(ctx)], query), ...found];
  }
  function draw() {
    const list = entries();
    at = Math.max(0, Math.min(at, list.length - 1));
    render(view(list), dialog);
    dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }
  function choose(one) {
    dialog.close();
    one?.run();
  }
  function typed(event) {
    query = event.target.value;
    at = 0;
    clearTimeout(timer);
    timer = setTimeout(searchRuns, SEARCH_AFTER_MS);
    draw();
  }
  async function searchRuns() {
    const asked = query.trim();
    if (asked.length < 2) {
      runs = [];
    } else {
      const page = await ctx.api.listRuns(MOST_RUNS, 0, { search: asked }).catch(() => null);
      if (asked !== query.trim()) return;
      runs = page?.data ?? [];
    }
    if (dialog) draw();
  }
  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = entries();
    if (step) at = (at + step + list.length) % Math.max(1, list.length);
    else if (event.key === "Enter") return void (event.preventDefault(), choose(list[at]));
    else return;
    event.preventDefault();
    draw();
  }
  function view(list) {
    const selected = list.length > 0 ? "palette-" + at : nothing;
    return html`<div class="palette-field">
        ${icon("search")}
        <input
          role="combobox"
          aria-label="Go to a page, a run or an action"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant=${selected}
          placeholder="Go to a page, a run or an action"
          autocomplete="off"
          spellcheck="false"
          .value=${query}
          @input=${typed}
          @keydown=${pressed}
        />
      </div>
      <ul id="palette-list" role="listbox" aria-label="What was found">
        ${list.map(
          (one, index) =>
            html`<li
              id="palette-${index}"
              role="option"
              aria-selected=${index === at ? "true" : "false"}
              @click=${() => choose(one)}
            >
              ${icon(one.icon)}<span class="palette-label"><bdi>${one.label}</bdi></span>
              <span class="palette-kind">${one.hint || one.kind}</span>
            </li>`,
        )}
        ${
          list.length === 0
            ? html`<li
                role="option"
                aria-selected="false"
                aria-disabled="true"
                class="palette-none"
              >
                Nothing is called that. A run is found by any part of its id, scenario, tags or
                mode.
              </li>`
            : nothing
        }
      </ul>`;
  }
  return {
    open() {
      if (dialog) return;
      [query, at, runs] = ["", 0, []];
      dialog = document.createElement("dialog");
      dialog.className = "palette";
      dialog.setAttribute("aria-label", "Go to");
      dialog.addEventListener("close", () => {
        dialog.remove();
        dialog = null;
      });
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
      });
      document.body.append(dialog);
      draw();
      dialog.showModal();
      dialog.querySelector("input").focus();
    },
  };
}

function entry(kind, label, iconName, run, hint = "") {
  return { kind, label, icon: iconName, run, hint };
}

function pages(ctx) {
  return NAVIGATION.flatMap((group) => group.pages).map((page) => ({
    ...entry("Page", page.label, page.icon, () => ctx.go(page.path)),
    words: page.words,
  }));
}

function commands(ctx) {
  const { prefs, demo } = ctx.store.state;
  const turn = (name, label) =>
    entry(
      "Action",
      label,
      "gear",
      () => ctx.setPref(name, nextChoice(name, prefs[name])),
      "now " + prefs[name],
    );
  return [
    ...(demo.phase === "available" ? [entry("Action", "Start a demo", "play", ctx.openDemo)] : []),
    entry("Action", "Copy the link to this view", "link", () =>
      ctx.copy(location.href, "Link copied"),
    ),
    turn("theme", "Theme: auto, light or dark"),
    turn("density", "Density: comfortable or compact"),
    turn("zone", "Times in local time or UTC"),
    turn("times", "Times relative or absolute"),
    entry("Action", "Show keyboard shortcuts", "keyboard", showShortcuts),
    ...(ctx.hasKey()
      ? [entry("Action", "Forget the API key of this tab", "key", ctx.forgetKey)]
      : []),
  ];
}
