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
  function headers() {
    const value = key();
    return value ? { Authorization: "Bearer " + value } : {};
  }
  async function call(path, { method = "GET", body } = {}) {
    const init = {
      method,
      headers: { Accept: "application/json", ...headers() },
      cache: "no-store",
    };
    init.signal = AbortSignal.timeout(TIMEOUT_MS);
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers["Content-Type"] = "application/json";
    }
    const response = await send(fetch, path, init);
    if (!response.ok) throw await errorOf(response);
    return readJson(response);
  }
  const run = (id) => "/runs/" + encodeURIComponent(id);
  return {
    headers,
    get: (path, fields = {}) => call(path + search(fields)),
    post: (path, body) => call(path, { method: "POST", body }),
    listRuns: (limit, offset = 0) => call("/runs?" + query({ limit, offset })),
    run: (id) => call(run(id)),
    runState: (id) => call(run(id) + "/state"),
    runEvents: async (id, filter) => rows(await call(run(id) + "/events?" + query(filter))),
    policy: (id) => call("/runtime/policies/" + encodeURIComponent(id)),
    demoScenarios: () => call("/demo/scenarios"),
    startDemo: (scenario) => call("/demo/runs", { method: "POST", body: { scenario } }),
  };
}

function search(values) {
  const text = query(values);
  return text ? "?" + text : "";
}

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(given).toString();
}

/** Events come as a bare array, or as a page object when a filter was used. */
function rows(body) {
  return Array.isArray(body) ? body : (body?.data ?? []);
}

async function send(fetch, path, init) {
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
