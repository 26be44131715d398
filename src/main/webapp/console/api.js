// SPDX-License-Identifier: Apache-2.0
const TIMEOUT_MS = 20_000;

/** An answer other than 2xx, or none at all (status 0). The message is the server's own. */
export class ApiError extends Error {
  constructor({ status, code = null, message, retryAfterMs = null, requestId = null }) {
    super(message);
    this.name = "ApiError";
    Object.assign(this, { status, code, retryAfterMs, requestId });
  }
}

/**
 * The calls that the console makes, all to its own origin.
 *
 * @param {{fetch?: typeof fetch, key: () => string|null}} parts
 */
export function createApi({ fetch = globalThis.fetch.bind(globalThis), key }) {
  let ahead = 0;
  function headers() {
    const value = key();
    return value ? { Authorization: "Bearer " + value } : {};
  }
  async function send(path, { method = "GET", body, accept = "application/json" } = {}) {
    const init = { method, headers: { Accept: accept, ...headers() }, cache: "no-store" };
    init.signal = AbortSignal.timeout(TIMEOUT_MS);
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers["Content-Type"] = "application/json";
    }
    const response = await reach(fetch, path, init);
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) ahead = date - Date.now();
    if (!response.ok) throw await errorOf(response);
    return response;
  }
  const call = async (path, options) => readJson(await send(path, options));
  const get = (path, fields = {}) => call(withQuery(path, fields));
  const post = (path, body) => call(path, { method: "POST", body });
  const run = (id) => "/runs/" + encodeURIComponent(id);
  return {
    headers,
    /** The time by the server's clock, as far as its answers tell; within a second or so. */
    now: () => Date.now() + ahead,
    get,
    post,
    patch: (path, body) => call(path, { method: "PATCH", body }),
    delete: (path) => call(path, { method: "DELETE" }),
    /** An answer that is no JSON, as text. */
    text: async (path, accept = "text/plain") => (await send(path, { accept })).text(),
    listRuns: (limit, offset = 0, filter = {}) => get("/runs", { limit, offset, ...filter }),
    run: (id) => get(run(id)),
    runState: (id) => get(run(id) + "/state"),
    runEvents: async (id, filter) => rows(await get(run(id) + "/events", filter)),
    policy: (id) => get("/runtime/policies/" + encodeURIComponent(id)),
    demoScenarios: () => get("/demo/scenarios"),
    startDemo: (scenario) => post("/demo/runs", { scenario }),
  };
}

function withQuery(path, fields) {
  const text = query(fields);
  return text ? path + "?" + text : path;
}

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(given).toString();
}

/** Events come as a bare array, or as a page object when a filter was used. */
function rows(body) {
  return Array.isArray(body) ? body : (body?.data ?? []);
}

async function reach(fetch, path, init) {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw unreachable(cause);
  }
}

async function readJson(response) {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new ApiError({ status: response.status, message: "The server's answer was not JSON." });
  }
}

/** What a failed `fetch` means to a reader. */
export function unreachable(cause) {
  const late = cause?.name === "TimeoutError";
  const message = late ? "The server did not answer in time." : "The server cannot be reached.";
  return new ApiError({ status: 0, message });
}

/** Reads an error body: the contract's own form, or RFC 9457. */
export async function errorOf(response) {
  const body = await response.json().catch(() => null);
  const text = body?.message ?? body?.detail ?? body?.title ?? null;
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const fallback =
    ("The server answered " + response.status + " " + response.statusText).trim() + ".";
  return new ApiError({
    status: response.status,
    code: body?.errorCode ?? body?.code ?? null,
    message: Array.isArray(text) ? text.join("; ") : (text ?? fallback),
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
    requestId: body?.requestId ?? response.headers.get("x-request-id"),
  });
}
