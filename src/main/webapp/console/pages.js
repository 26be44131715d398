// SPDX-License-Identifier: Apache-2.0
import { agentPage, agentsPage } from "./agents/page.js";
import { attentionPage } from "./attention/page.js";
import { auditPage } from "./audit/page.js";
import { comparePage } from "./compare/page.js";
import { helpPage } from "./help/page.js";
import { launchPage } from "./launch/page.js";
import { modesPage } from "./modes/page.js";
import { operatePage } from "./operate/page.js";
import { policiesPage, policyPage } from "./policies/page.js";
import { runPage } from "./run/page.js";
import { runsPage } from "./runs/page.js";
import { settingsPage } from "./settings/page.js";
import { emptyState } from "./ui/states.js";
import { html } from "./vendor/html.js";
import { webhookPage, webhooksPage } from "./webhooks/page.js";

const missingPage = {
  title: () => "No such page",
  view: () =>
    html`<h1 tabindex="-1">No such page</h1>
      ${emptyState({
        title: "There is nothing at this address",
        text: location.pathname,
        action: html`<a class="button primary" href="/">To what needs attention</a>`,
      })}`,
};

const nonePage = { title: () => "Console", view: () => html`` };

/**
 * What is shown for each route. A page is `{title(state), view(state, ctx)}` and, where it needs them,
 * `open(ctx, route)` that begins its work and answers `{close(), onQuery(query)}`, `close(ctx)` when
 * the page is left, `shown(state)` after each rendering, `spoken(state)`: what a screen reader is
 * told of changes, as `{text, final}`, and `shortcuts(ctx)`.
 */
const PAGES = {
  attention: attentionPage,
  runs: runsPage,
  run: runPage,
  compare: comparePage,
  launch: launchPage,
  agents: agentsPage,
  agent: agentPage,
  modes: modesPage,
  policies: policiesPage,
  policy: policyPage,
  webhooks: webhooksPage,
  webhook: webhookPage,
  operate: operatePage,
  audit: auditPage,
  settings: settingsPage,
  help: helpPage,
  none: nonePage,
};

export function pageOf(route) {
  return PAGES[route.name] ?? missingPage;
}

/** The shortcuts of all pages; each works while its own page is shown. */
export function pageShortcuts(ctx) {
  return Object.values(PAGES).flatMap((page) => page.shortcuts?.(ctx) ?? []);
}
