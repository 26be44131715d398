// SPDX-License-Identifier: Apache-2.0
/**
 * Paths of the console. Pure: a path in, a route out. A route with `redirect` is an alias that older
 * links use.
 */
export function parseRoute(pathname, search = "") {
  const parts = pathname.split("/").filter(Boolean).map(decode);
  if (parts.length === 0) return { name: "runs", params: {} };
  if (parts[0] === "command-center" && parts.length === 1) return { redirect: "/" };
  if (parts[0] !== "runs") return { name: "missing", params: { path: pathname } };
  if (parts.length === 1) return { name: "runs", params: {} };
  if (parts.length === 2) return runRoute(parts[1], search);
  if (parts.length === 3 && parts[1] === "live") return { redirect: runPath(parts[2]) };
  if (parts.length === 4 && parts[2] === "compare") return compareRoute(parts[1], parts[3], search);
  return { name: "missing", params: { path: pathname } };
}

function runRoute(id, search) {
  return { name: "run", params: { id }, query: fields(search) };
}

function compareRoute(id, other, search) {
  return { name: "compare", params: { id, other }, query: fields(search) };
}

function fields(search) {
  return Object.fromEntries(new URLSearchParams(search));
}

export function runPath(id) {
  return "/runs/" + encodeURIComponent(id);
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
 * @param {(route: object, cause: "load"|"push"|"replace"|"pop") => void} onRoute
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
