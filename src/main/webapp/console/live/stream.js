// SPDX-License-Identifier: Apache-2.0
import { errorOf, unreachable } from "../api.js";
import { createSseParser } from "../sse.js";

export const DEAD_AFTER_MS = 45_000;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 10_000;
const HIDDEN_PAUSE_MS = 60_000;
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
 * Server-sent events over fetch, because EventSource cannot send an Authorization header. Reconnects
 * for ever: capped backoff with jitter, at once when the browser comes online or the page becomes
 * visible. A connection without a byte for 45 seconds counts as dead; a page that stays hidden gives
 * its connection back and resumes from its position.
 *
 * @param {object} parts
 * @param {string} parts.url
 * @param {() => object} parts.headers
 * @param {() => number} parts.position last sequence seen, 0 for none; sent as Last-Event-ID
 * @param {(frames: {event: string, data: string, id: string}[]) => void} parts.onFrames
 * @param {(phase: string, facts: object) => void} parts.onPhase connecting, live, reconnecting, paused, failed
 * @returns {{close(): void}}
 */
export function openStream({ url, headers, position, onFrames, onPhase }) {
  let closed = false;
  let current = null;
  let wake = () => {};
  let attempt = 0;
  let hideTimer = 0;
  let lastByteAt = 0;
  let hurry = false;

  /** After sleep or a change of network a connection may be dead and not know it. */
  const onOnline = () => {
    hurry = current !== null && performance.now() - lastByteAt > SUSPECT_AFTER_MS;
    if (hurry) current.abort("suspect");
    wake();
  };
  const onVisibility = () => {
    clearTimeout(hideTimer);
    if (document.visibilityState === "visible") onOnline();
    else hideTimer = setTimeout(() => current?.abort("hidden"), HIDDEN_PAUSE_MS);
  };
  addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onVisibility);

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
    const resume = position() > 0 ? { "Last-Event-ID": String(position()) } : {};
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream", ...headers(), ...resume },
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
      if (done || closed) return;
      watchdog.kick();
      lastByteAt = performance.now();
      const frames = parser.push(text.decode(value, { stream: true }));
      if (frames.length > 0) onFrames(frames);
    }
  }
  async function keepConnected() {
    onPhase("connecting", {});
    while (!closed) {
      const error = await connect();
      if (closed) return;
      if (error && isFinal(error)) {
        onPhase("failed", { error });
        return;
      }
      if (document.visibilityState === "hidden") {
        onPhase("paused", {});
        await new Promise((resolve) => (wake = resolve));
        continue;
      }
      const delayMs = Math.max(backoffDelay(attempt), error?.retryAfterMs ?? 0);
      attempt += 1;
      onPhase("reconnecting", { delayMs, error });
      if (!hurry) await pause(delayMs);
    }
  }
  function pause(delayMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  keepConnected();
  return {
    close() {
      closed = true;
      clearTimeout(hideTimer);
      removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onVisibility);
      current?.abort("closed");
      wake();
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
