// SPDX-License-Identifier: Apache-2.0
/** Every address of the console. A word that begins with ":" is a parameter. */
export const ROUTES = [
  ["/", "attention"],
  ["/runs", "runs"],
  ["/runs/:id", "run"],
  ["/runs/:id/compare/:other", "compare"],
  ["/launch", "launch"],
  ["/agents", "agents"],
  ["/agents/:id", "agent"],
  ["/modes", "modes"],
  ["/policies", "policies"],
  ["/policies/:id", "policy"],
  ["/webhooks", "webhooks"],
  ["/webhooks/:id", "webhook"],
  ["/ops", "operate"],
  ["/audit", "audit"],
  ["/settings", "settings"],
  ["/help", "help"],
];

/** Addresses that older links use. */
const ALIASES = [
  ["/command-center", () => "/"],
  ["/runs/live/:id", ({ id }) => runPath(id)],
];

/**
 * Pure: an address in, a route out. `params` are the named parts of the path, `query` the fields of
 * the search (the last one wins). A route with `redirect` is an alias.
 */
export function parseRoute(pathname, search = "") {
  const parts = pathname.split("/").filter(Boolean).map(decode);
  for (const [pattern, target] of ALIASES) {
    const params = matchPath(pattern, parts);
    if (params) return { redirect: target(params) };
  }
  for (const [pattern, name] of ROUTES) {
    const params = matchPath(pattern, parts);
    if (params) return { name, params, query: Object.fromEntries(new URLSearchParams(search)) };
  }
  return { name: "missing", params: { path: pathname }, query: {} };
}

function matchPath(pattern, parts) {
  const wanted = pattern.split("/").filter(Boolean);
  if (wanted.length !== parts.length) return null;
  const params = {};
  for (const [at, word] of wanted.entries()) {
    if (word.startsWith(":")) params[word.slice(1)] = parts[at];
    else if (word !== parts[at]) return null;
  }
  return params;
}

export function runPath(id) {
  return "/runs/" + encodeURIComponent(id);
}

/** A path with the fields that have a value. */
export function withSearch(path, fields) {
  const given = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const search = new URLSearchParams(given).toString();
  return search ? path + "?" + search : path;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Follows same-origin links without loading the page again, and the browser's back and forward.
 *
 * @param {(route: object, cause: "load"|"push"|"pop"|"replace") => void} onRoute
 * @returns {{go(path: string): void, replace(path: string): void, start(): void}}
 */
export function createRouter(onRoute) {
  function show(cause) {
    const route = parseRoute(location.pathname, location.search);
    if (route.redirect) {
      history.replaceState(null, "", route.redirect + location.search);
      return show(cause);
    }
    return onRoute(route, cause);
  }
  function go(path) {
    history.pushState(null, "", path);
    show("push");
  }
  function onClick(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || isForTheBrowser(event, link)) return;
    event.preventDefault();
    const target = link.pathname + link.search;
    if (target !== location.pathname + location.search) go(target);
  }
  return {
    go,
    /** Another address for what is shown, without a step to go back to. */
    replace(path) {
      history.replaceState(null, "", path);
      show("replace");
    },
    start() {
      document.addEventListener("click", onClick);
      addEventListener("popstate", () => show("pop"));
      show("load");
    },
  };
}

function isForTheBrowser(event, link) {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  const elsewhere = link.origin !== location.origin || link.target || link.hasAttribute("download");
  const fragment = link.getAttribute("href").startsWith("#");
  const page = parseRoute(link.pathname);
  return (
    event.defaultPrevented ||
    event.button !== 0 ||
    modified ||
    elsewhere ||
    fragment ||
    page.name === "missing"
  );
}
