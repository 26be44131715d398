// SPDX-License-Identifier: Apache-2.0
import { openStream } from "./stream.js";

const HIDDEN_AFTER_MS = 10_000;

/**
 * One connection for all tabs of this browser that watch the same thing with the same key. The
 * visible tab that holds a lock reads the stream and tells the others; when it is closed or hidden,
 * another visible tab takes over from its own position. A tab that nobody looks at holds nothing.
 *
 * Each key has its own lock and channel, so that no tab sees what its own key may not. The names hold
 * a short digest of the key, never the key.
 *
 * The parameters are those of `openStream`, and `onGap(from)`: what happened up to `from` was
 * told before this tab listened; it has to read the log itself, frames are held back until it has.
 */
export function openShared(parts) {
  if (!navigator.locks || !globalThis.BroadcastChannel) return openStream(parts);
  const name = channelName(parts.url, parts.headers());
  const channel = new BroadcastChannel(name);
  let stream = null;
  let release = () => {};
  let waiting = null;
  let closed = false;
  let hideTimer = 0;
  let phase = ["connecting", {}];

  function lead() {
    let told = parts.position();
    stream = openStream({
      ...parts,
      onFrames(frames) {
        const from = told;
        told = Math.max(told, lastId(frames));
        channel.postMessage({ frames, from });
        parts.onFrames(frames);
      },
      onPhase(word, facts) {
        phase = [word, facts];
        channel.postMessage({ phase: word, facts: plain(facts) });
        parts.onPhase(word, facts);
      },
    });
  }
  function follow(message) {
    if (message.hello && stream) {
      const [word, facts] = phase;
      channel.postMessage({ phase: word, facts: plain(facts), at: parts.position() });
    } else if (message.frames && !stream) {
      if (message.from > parts.position()) parts.onGap(message.from);
      else parts.onFrames(message.frames);
    } else if (message.phase && !stream) {
      parts.onPhase(message.phase, message.facts);
      if (message.at > parts.position()) parts.onGap(message.at);
    }
  }
  /** Waits for the lock while somebody looks at this tab. */
  function apply() {
    if (closed) return;
    channel.postMessage({ hello: true });
    if (waiting) return;
    waiting = new AbortController();
    const { signal } = waiting;
    navigator.locks
      .request(name, { signal }, () => {
        if (signal.aborted) return undefined;
        lead();
        return new Promise((resolve) => (release = resolve));
      })
      .catch(() => {});
  }
  function letGo() {
    waiting?.abort();
    waiting = null;
    stream?.close();
    stream = null;
    release();
  }
  function onVisibility() {
    clearTimeout(hideTimer);
    if (document.visibilityState === "visible") {
      apply();
    } else {
      hideTimer = setTimeout(() => {
        letGo();
        parts.onPhase("paused", {});
      }, HIDDEN_AFTER_MS);
    }
  }
  channel.onmessage = (event) => {
    if (!closed && document.visibilityState === "visible") follow(event.data);
  };
  document.addEventListener("visibilitychange", onVisibility);
  parts.onPhase("connecting", {});
  apply();
  return {
    close() {
      closed = true;
      clearTimeout(hideTimer);
      document.removeEventListener("visibilitychange", onVisibility);
      letGo();
      channel.close();
    },
  };
}

/** The highest sequence among frames; 0 when none carries one. */
export function lastId(frames) {
  return frames.reduce((last, frame) => Math.max(last, Number(frame.id) || 0), 0);
}

/** Pure: watchers of the same address with the same headers share a name. */
export function channelName(url, headers) {
  return "macp:" + url + ":" + digest(JSON.stringify(headers));
}

/** FNV-1a: tells keys apart and tells nothing of them. */
function digest(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

/** Errors are told to other tabs as plain facts. */
function plain({ error, ...facts }) {
  if (!error) return facts;
  const { message, status, code } = error;
  return { ...facts, error: { message, status, code } };
}
