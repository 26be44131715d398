// SPDX-License-Identifier: Apache-2.0
import { errorOf, unreachable } from "../api.js";
import { createSseParser } from "../sse.js";

export const DEAD_AFTER_MS = 45_000;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 10_000;
const SUSPECT_AFTER_MS = 20_000;

/** 1, 2, 4 … 30 seconds, of which a random half is taken off so that clients do not return at once. */
export function backoffDelay(attempt, random = Math.random) {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.5 + random() / 2));
}

/** Answers after which asking again cannot help. */
export function isFinal(error) {
  return [400, 401, 403, 404, 410].includes(error.status);
}

/**
 * Server-sent events over fetch, because EventSource cannot send an Authorization header and gives
 * up for good at an answer like 503. Reconnects for ever: capped backoff with jitter, at once when
 * woken. A connection without a byte for 45 seconds counts as dead.
 *
 * @param {object} parts
 * @param {() => {url: string, headers: object}} parts.target asked anew for each connection
 * @param {(frames: {event: string, data: string, id: string}[]) => void} parts.onFrames
 * @param {(phase: string, facts: object) => void} parts.onPhase connecting, live, reconnecting, failed
 * @returns {{restart(): void, wake(): void, close(): void}}
 */
export function openStream({ target, onFrames, onPhase }) {
  let closed = false;
  let over = false;
  let current = null;
  let endPause = () => {};
  let attempt = 0;
  let lastByteAt = 0;
  let hurry = false;

  async function connect() {
    current = new AbortController();
    const watchdog = createWatchdog(current);
    const since = performance.now();
    lastByteAt = since;
    hurry = false;
    try {
      const response = await request(current.signal);
      onPhase("live", {});
      await read(response, watchdog);
      return null;
    } catch (cause) {
      return cause?.name === "ApiError" ? cause : unreachable(cause);
    } finally {
      current = null;
      watchdog.stop();
      if (performance.now() - since > STEADY_AFTER_MS) attempt = 0;
    }
  }
  async function request(signal) {
    const { url, headers } = target();
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream", ...headers },
      cache: "no-store",
      signal,
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
  async function read(response, watchdog) {
    const parser = createSseParser();
    const text = new TextDecoder("utf-8", { ignoreBOM: true });
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || closed || hurry) return;
      watchdog.kick();
      lastByteAt = performance.now();
      const frames = parser.push(text.decode(value, { stream: true }));
      if (frames.length > 0) onFrames(frames);
    }
  }
  async function keepConnected() {
    over = false;
    onPhase("connecting", {});
    while (!closed) {
      const error = await connect();
      if (closed) return;
      if (hurry) continue;
      if (error && isFinal(error)) {
        over = true;
        onPhase("failed", { error });
        return;
      }
      const delayMs = Math.max(backoffDelay(attempt), error?.retryAfterMs ?? 0);
      attempt += 1;
      onPhase("reconnecting", { delayMs, error });
      await pause(delayMs);
    }
  }
  function pause(delayMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  function again(why) {
    hurry = current !== null;
    current?.abort(why);
    endPause();
  }
  keepConnected();
  return {
    /** Connects anew at once, to the target as it is now. */
    restart() {
      if (over) keepConnected();
      else again("other target");
    },
    /** After sleep or a change of network a connection may be dead and not know it. */
    wake() {
      if (current === null) endPause();
      else if (performance.now() - lastByteAt > SUSPECT_AFTER_MS) again("suspect");
    },
    close() {
      closed = true;
      current?.abort("closed");
      endPause();
    },
  };
}

function createWatchdog(controller) {
  let timer = 0;
  const kick = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort("silent"), DEAD_AFTER_MS);
  };
  kick();
  return { kick, stop: () => clearTimeout(timer) };
}
