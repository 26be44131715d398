// SPDX-License-Identifier: Apache-2.0
import { keyForm } from "./access/key-form.js";
import { apiKey } from "./access/key.js";
import { createApi } from "./api.js";
import { findDemo, startDemo } from "./demo/demo-live.js";
import { demoDialog } from "./demo/demo-view.js";
import { globalShortcuts } from "./keys.js";
import { pageOf, pageShortcuts } from "./pages.js";
import { createRouter } from "./router.js";
import { INITIAL_STATE, reduce } from "./state.js";
import { createStore, oncePerFrame } from "./store.js";
import { createAnnouncer } from "./ui/announcer.js";
import { ask, tell } from "./ui/confirm.js";
import { copyText } from "./ui/copy.js";
import { setZone } from "./ui/format.js";
import { createPalette } from "./ui/palette.js";
import { applyPrefs, loadPrefs } from "./ui/prefs.js";
import { shell } from "./ui/shell.js";
import { listenToKeys, registerShortcuts } from "./ui/shortcuts.js";
import { setTimes } from "./ui/time.js";
import { listenForTips } from "./ui/tip.js";
import { html, nothing, render } from "./vendor/html.js";

const NOTICE_MS = 5_000;
const prefs = loadPrefs();
const store = createStore(reduce, { ...INITIAL_STATE, prefs });
const api = createApi({ key: apiKey.read });
const announcer = createAnnouncer(document.getElementById("announcer"));
const root = document.getElementById("app");
let page = { close() {} };
let focusHeading = false;
let noticeTimer = 0;

/** Every failed call passes here: an answer 401 asks for a key, over the view that stays as it is. */
function noticeDenial(error) {
  if (error?.status !== 401) return;
  const hadKey = apiKey.read() !== null;
  store.dispatch({ type: "access/denied", hadKey, message: error.message });
}

function notify(text) {
  clearTimeout(noticeTimer);
  store.dispatch({ type: "notice/shown", text });
  noticeTimer = setTimeout(() => store.dispatch({ type: "notice/hidden" }), NOTICE_MS);
}

async function copy(text, done) {
  await copyText(text).then(
    () => notify(done),
    (cause) => notify("Not copied: " + cause.message),
  );
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
  openPage(route, before);
});

/** What pages get: everything outside of themselves. */
const ctx = {
  store,
  api,
  guard: noticeDenial,
  go: router.go,
  replace: router.replace,
  notify,
  copy,
  ask,
  tell,
  page: () => page,
  hasKey: () => apiKey.read() !== null,
  forgetKey() {
    apiKey.forget();
    notify("API key forgotten");
    openPage(store.state.route, store.state.route);
  },
  setPref: (name, value) => store.dispatch({ type: "prefs/set", name, value }),
  openDemo: () => store.dispatch({ type: "demo/opened" }),
  closeDemo: () => store.dispatch({ type: "demo/closed" }),
  startDemo: (id) => startDemo(ctx, id),
  toggleMenu: () => store.dispatch({ type: "menu/toggled" }),
};
ctx.palette = createPalette(ctx);

function openPage(route, before) {
  page.close();
  if (before) pageOf(before).close?.(ctx);
  page = { close() {}, ...pageOf(route).open?.(ctx, route) };
  findDemo(ctx);
}

function useKey(value) {
  apiKey.keep(value);
  store.dispatch({ type: "access/given" });
  focusHeading = true;
  openPage(store.state.route, store.state.route);
}

let shownPrefs = null;
function showPrefs(next) {
  if (next === shownPrefs) return;
  const again =
    shownPrefs !== null && ["zone", "times"].some((name) => next[name] !== shownPrefs[name]);
  shownPrefs = next;
  applyPrefs(next);
  setZone(next.zone);
  setTimes(next.times);
  if (again) render(nothing, root);
}

function renderPage() {
  const { state } = store;
  const current = pageOf(state.route);
  showPrefs(state.prefs);
  render(
    html`${shell(state, current.view(state, ctx), ctx)}${demoDialog(state.demo, ctx)}${keyForm(
      state.access,
      useKey,
    )}`,
    root,
  );
  syncDialog("demo-dialog", state.demo.open);
  syncDialog("key-dialog", state.access.required);
  current.shown?.(state);
  document.title = current.title(state) + " · MACP Control Plane";
  announce(current.spoken?.(state));
  if (focusHeading && moveFocus()) focusHeading = false;
}

function syncDialog(id, open) {
  const dialog = document.getElementById(id);
  if (open && !dialog.open) dialog.showModal();
  if (!open && dialog.open) dialog.close();
}

/** After a navigation the reader starts at the new page's heading. */
function moveFocus() {
  if (document.querySelector("dialog[open]")) return false;
  const heading = root.querySelector("main h1:not(.visually-hidden)");
  heading?.focus({ preventScroll: true });
  return Boolean(heading);
}

let lastSpoken = "";
function announce(spoken) {
  if (!spoken || spoken.text === lastSpoken) return;
  lastSpoken = spoken.text;
  if (spoken.final) announcer.now(spoken.text);
  else announcer.polite(spoken.text);
}

store.subscribe(oncePerFrame(renderPage));
registerShortcuts([...globalShortcuts(ctx), ...pageShortcuts(ctx)]);
listenToKeys({
  scope: () => store.state.route.name,
  singleKeys: () => store.state.prefs.singleKeys === "on",
});
listenForTips(document);
addEventListener("pagehide", () => page.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) openPage(store.state.route);
});
router.start();
