// SPDX-License-Identifier: Apache-2.0
import { keyForm } from "./access/key-form.js";
import { apiKey } from "./access/key.js";
import { createApi } from "./api.js";
import { findDemo, startDemo } from "./demo/demo-live.js";
import { demoDialog } from "./demo/demo-view.js";
import { createRouter } from "./router.js";
import { isAtEnd, keepFollowing } from "./run/follow.js";
import { spokenSummary } from "./run/outcome.js";
import { watchRun } from "./run/run-live.js";
import { decisionOf, runView } from "./run/run-view.js";
import { isTerminal, statusOf } from "./run/run-state.js";
import { runTitle } from "./runs/record.js";
import { watchRuns } from "./runs/runs-live.js";
import { runsView } from "./runs/runs-view.js";
import { INITIAL_STATE, reduce } from "./state.js";
import { createStore, oncePerFrame } from "./store.js";
import { createAnnouncer } from "./ui/announcer.js";
import { copyText, curlOfRun } from "./ui/copy.js";
import { plural } from "./ui/format.js";
import { shell } from "./ui/shell.js";
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
  const samePage = before.name === route.name && before.params.id === route.params.id;
  if (samePage && cause !== "load") return;
  focusHeading = cause !== "load";
  if (cause === "push") scrollTo(0, 0);
  openPage(route);
});

function openPage(route) {
  page.close();
  page = { close() {} };
  store.dispatch({ type: "run/closed" });
  if (route.name === "runs") {
    page = watchRuns(parts);
    findDemo(parts);
  } else if (route.name === "run") {
    page = watchRun(parts, route.params.id);
  }
}

const actions = {
  reloadRuns: () => page.reload(),
  moreRuns: () => page.more(),
  reloadRun: () => page.reload(),
  earlierEvents() {
    follow(false);
    page.earlier();
  },
  followTimeline: () => follow(true),
  timelineScrolled(event) {
    const atEnd = isAtEnd(event.target);
    if (atEnd !== store.state.run.following) follow(atEnd);
  },
  openDemo: () => store.dispatch({ type: "demo/opened" }),
  closeDemo: () => store.dispatch({ type: "demo/closed" }),
  startDemo: (id) => startDemo({ ...parts, go: router.go }, id),
  copyLink: () => copy(location.href, "Link copied"),
  copyHash: (hash) => copy(hash, "Hash copied"),
  copyCurl() {
    const hasKey = apiKey.read() !== null;
    copy(curlOfRun(location.origin, store.state.run.id, hasKey), "curl command copied");
  },
};

function follow(following) {
  store.dispatch({ type: "run/follow", id: store.state.run.id, following });
}

async function copy(text, done) {
  const words = await copyText(text).then(
    () => done,
    (cause) => "Not copied: " + cause.message,
  );
  store.dispatch({ type: "notice/shown", text: words });
  setTimeout(() => store.dispatch({ type: "notice/hidden" }), NOTICE_MS);
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
      return runView(state, actions);
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
  keepFollowing(state.run);
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

function titleOf({ route, run }) {
  if (route.name === "run") return run.record ? runTitle(run.record) : "Run";
  return route.name === "runs" ? "Runs" : "No such page";
}

let spokenStatus = "";
function announce({ route, run, runs }) {
  if (route.name === "runs" && runs.phase === "ready") {
    announcer.polite(plural(runs.total, "run"));
  } else if (run.phase === "ready") {
    const summary = spokenSummary(run, decisionOf(run));
    const ended = isTerminal(statusOf(run)) && spokenStatus !== run.id;
    if (!ended) announcer.polite(summary);
    else announcer.now(summary);
    if (ended) spokenStatus = run.id;
  }
}

store.subscribe(oncePerFrame(renderPage));
addEventListener("pagehide", () => page.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) openPage(store.state.route);
});
router.start();
