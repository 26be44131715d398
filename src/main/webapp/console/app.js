// SPDX-License-Identifier: Apache-2.0
import { keyForm } from "./access/key-form.js";
import { apiKey } from "./access/key.js";
import { createApi } from "./api.js";
import { findDemo, startDemo } from "./demo/demo-live.js";
import { demoDialog } from "./demo/demo-view.js";
import { createRouter } from "./router.js";
import { comparePage } from "./compare/page.js";
import { runPage } from "./run/page.js";
import { watchRuns } from "./runs/runs-live.js";
import { runsView } from "./runs/runs-view.js";
import { INITIAL_STATE, reduce } from "./state.js";
import { createStore, oncePerFrame } from "./store.js";
import { createAnnouncer } from "./ui/announcer.js";
import { ask } from "./ui/confirm.js";
import { copyText } from "./ui/copy.js";
import { plural } from "./ui/format.js";
import { shell } from "./ui/shell.js";
import { listenToKeys, registerShortcuts } from "./ui/shortcuts.js";
import { emptyState } from "./ui/states.js";
import { html, nothing, render } from "./vendor/html.js";

const NOTICE_MS = 4_000;
const store = createStore(reduce, INITIAL_STATE);
const api = createApi({ key: apiKey.read });
const announcer = createAnnouncer(document.getElementById("announcer"));
const root = document.getElementById("app");
const parts = { store, api, guard: noticeDenial };
let page = { close() {} };
let focusHeading = false;

/** Every failed call passes here: an answer 401 turns the page into the question for a key. */
function noticeDenial(error) {
  if (error.status !== 401) return;
  const hadKey = apiKey.read() !== null;
  store.dispatch({ type: "access/denied", hadKey, message: error.message });
}

const router = createRouter((route, cause) => {
  const before = store.state.route;
  store.dispatch({ type: "route/changed", route });
  const samePage =
    before.name === route.name && JSON.stringify(before.params) === JSON.stringify(route.params);
  if (samePage && cause !== "load") {
    page.onQuery?.(route.query);
    return;
  }
  focusHeading = cause !== "load";
  if (cause === "push") scrollTo(0, 0);
  openPage(route);
});

function openPage(route) {
  page.close();
  page = { close() {} };
  for (const one of Object.values(PAGES)) one.close(ctx);
  if (route.name === "runs") {
    page = watchRuns(parts);
    findDemo(parts);
  } else {
    page = PAGES[route.name]?.open(ctx, route) ?? page;
  }
}

const PAGES = { run: runPage, compare: comparePage };

/** What pages get: everything outside of themselves. */
const ctx = {
  ...parts,
  go: router.go,
  replace: router.replace,
  ask,
  notify,
  copy,
  hasKey: () => apiKey.read() !== null,
};

const actions = {
  reloadRuns: () => page.reload(),
  moreRuns: () => page.more(),
  openDemo: () => store.dispatch({ type: "demo/opened" }),
  closeDemo: () => store.dispatch({ type: "demo/closed" }),
  startDemo: (id) => startDemo({ ...parts, go: router.go }, id),
};

function notify(text) {
  store.dispatch({ type: "notice/shown", text });
  setTimeout(() => store.dispatch({ type: "notice/hidden" }), NOTICE_MS);
}

async function copy(text, done) {
  await copyText(text).then(
    () => notify(done),
    (cause) => notify("Not copied: " + cause.message),
  );
}

function useKey(value) {
  apiKey.keep(value);
  store.dispatch({ type: "access/given" });
  focusHeading = true;
  openPage(store.state.route);
}

function view(state) {
  if (state.access.required) return keyForm(state.access, useKey);
  switch (state.route.name) {
    case "runs":
      return runsView(state, actions);
    case "run":
    case "compare":
      return PAGES[state.route.name].view(state, ctx);
    case "missing":
      return missingPage();
    default:
      return nothing;
  }
}

function missingPage() {
  const action = html`<a class="button primary" href="/runs">All runs</a>`;
  return html`<h1 tabindex="-1">No such page</h1>
    ${emptyState({ title: "There is nothing at this address", text: location.pathname, action })}`;
}

function renderPage() {
  const { state } = store;
  render(html`${shell(state, view(state))}${demoDialog(state.demo, actions)}`, root);
  syncDialog(state.demo.open);
  PAGES[state.route.name]?.shown?.(state);
  document.title = titleOf(state) + " · MACP Control Plane";
  announce(state);
  if (focusHeading && moveFocus()) focusHeading = false;
}

function syncDialog(open) {
  const dialog = document.getElementById("demo-dialog");
  if (open && !dialog.open) dialog.showModal();
  if (!open && dialog.open) dialog.close();
}

/** After a navigation the reader starts at the new page's heading. */
function moveFocus() {
  const heading = root.querySelector("main h1:not(.visually-hidden)");
  heading?.focus({ preventScroll: true });
  return Boolean(heading);
}

function titleOf(state) {
  const { route } = state;
  if (PAGES[route.name]) return PAGES[route.name].title(state);
  return route.name === "runs" ? "Runs" : "No such page";
}

let spokenEnd = "";
function announce(state) {
  const { route, runs } = state;
  if (route.name === "runs" && runs.phase === "ready") announcer.polite(plural(runs.total, "run"));
  const said = PAGES[route.name]?.spoken?.(state);
  if (!said) return;
  if (said.final && spokenEnd !== location.pathname) announcer.now(said.text);
  else announcer.polite(said.text);
  spokenEnd = said.final ? location.pathname : "";
}

store.subscribe(oncePerFrame(renderPage));
addEventListener("pagehide", () => page.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) openPage(store.state.route);
});
registerShortcuts(Object.values(PAGES).flatMap((one) => one.shortcuts?.(ctx) ?? []));
listenToKeys({ scope: () => store.state.route.name, singleKeys: () => true });
router.start();
