// SPDX-License-Identifier: Apache-2.0
import { withSearch } from "../router.js";

const NAME = "macp.views";

/** The views that everybody has: names for addresses. */
export const USUAL_VIEWS = [
  { name: "All", query: {} },
  { name: "Running", query: { status: "running" } },
  { name: "Suspended", query: { status: "suspended" } },
  { name: "Failed, 24 h", query: { status: "failed", within: "24h" } },
  { name: "With sandbox", query: { includeSandbox: "true" } },
];

export function viewPath(query) {
  return withSearch("/runs", query);
}

export function sameView(a, b) {
  const text = (query) => JSON.stringify(Object.entries(query).sort());
  return text(a) === text(b);
}

/** Views that were saved in this browser. */
export function readViews(text) {
  try {
    const views = JSON.parse(text ?? "[]");
    return Array.isArray(views)
      ? views.filter(
          (one) => typeof one?.name === "string" && typeof one.query === "object" && one.query,
        )
      : [];
  } catch {
    return [];
  }
}

export function loadViews() {
  return readViews(localStorage.getItem(NAME));
}

export function keepViews(views) {
  localStorage.setItem(NAME, JSON.stringify(views));
}
