// SPDX-License-Identifier: Apache-2.0

/** The tabs of a run in their order; the number of a tab is also its key. */
export const TABS = [
  ["story", "Story"],
  ["timeline", "Timeline"],
  ["events", "Events"],
  ["graph", "Graph"],
  ["decision", "Decision"],
  ["data", "Data"],
  ["deliveries", "Deliveries"],
];

/**
 * Pure: what the query of a run's address says. `at` is the sequence that the page is as of (null for
 * the latest), `sel` the selected event, the rest belongs to one tab.
 */
export function readAddress(query) {
  const { tab, view, q = "", who = "", kinds = "" } = query;
  return {
    tab: TABS.some(([name]) => name === tab) ? tab : query.events ? "events" : "story",
    at: sequence(query.at),
    sel: sequence(query.sel),
    view: view === "expanded" ? "expanded" : "aggregated",
    range: range(query.range),
    q,
    who,
    kinds,
  };
}

function sequence(text) {
  return /^[1-9][0-9]{0,9}$/.test(text ?? "") ? Number(text) : null;
}

function range(text) {
  const [, from, to] = /^([0-9]{1,10})-([0-9]{1,10})$/.exec(text ?? "") ?? [];
  return from && Number(from) < Number(to) ? [Number(from), Number(to)] : null;
}

/** Pure: the search of an address with some of it changed; what is usual is left out. */
export function search(address, changes = {}) {
  const next = { ...address, ...changes };
  const fields = {
    tab: next.tab === "story" ? "" : next.tab,
    at: next.at ?? "",
    sel: next.sel ?? "",
    view: next.view === "expanded" && next.tab === "graph" ? "expanded" : "",
    range: next.range && next.tab === "timeline" ? next.range.join("-") : "",
    q: next.tab === "events" ? next.q : "",
    who: next.tab === "events" ? next.who : "",
    kinds: next.tab === "events" ? next.kinds : "",
  };
  const given = Object.entries(fields).filter(([, value]) => value !== "");
  return given.length ? "?" + new URLSearchParams(given) : "?";
}
