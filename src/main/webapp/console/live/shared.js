// SPDX-License-Identifier: Apache-2.0
import { createHub } from "./hub.js";

const HIDDEN_AFTER_MS = 10_000;
const STAY_EVERY_MS = 30_000;
let hub = null;

/**
 * Watches one topic over the connection that all pages of this browser share. A page that nobody
 * looks at watches nothing, and takes up from its own position when it is looked at again.
 *
 * @param {object} parts
 * @param {string} parts.topic the id of a run, or LIST
 * @param {() => object} parts.headers
 * @param {() => number} parts.position last sequence that the page knows, 0 for none
 * @param {(frames: {event: string, data: string, id: string}[]) => void} parts.onFrames
 * @param {(phase: string, facts: object) => void} parts.onPhase connecting, live, reconnecting, paused, failed
 * @returns {{close(): void}}
 */
export function openShared({ topic, headers, position, onFrames, onPhase }) {
  hub ??= globalThis.SharedWorker ? createFarHub() : createHub();
  let watch = null;
  let hideTimer = 0;

  function tell({ frames, phase, facts }) {
    if (watch === null) return;
    if (frames) onFrames(frames);
    else onPhase(phase, facts);
  }
  function join() {
    onPhase("connecting", {});
    watch = {};
    watch = hub.join({ topic, position: position(), headers: headers() }, tell);
  }
  function leave() {
    watch?.leave();
    watch = null;
  }
  function onVisibility() {
    clearTimeout(hideTimer);
    if (document.visibilityState !== "visible") hideTimer = setTimeout(rest, HIDDEN_AFTER_MS);
    else if (watch === null) join();
    else watch.wake();
  }
  function rest() {
    leave();
    onPhase("paused", {});
  }
  const onOnline = () => watch?.wake();
  const stay = setInterval(() => watch?.stay(), STAY_EVERY_MS);
  addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onVisibility);
  join();
  return {
    close() {
      clearInterval(stay);
      clearTimeout(hideTimer);
      removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onVisibility);
      leave();
    },
  };
}

/** The hub of all pages, in a worker that lives as long as one of them. */
function createFarHub() {
  const url = new URL("./worker.js", import.meta.url);
  const { port } = new SharedWorker(url, { type: "module", name: "macp-live" });
  const tells = new Map();
  let last = 0;
  port.onmessage = ({ data: { member, ...told } }) => tells.get(member)?.(told);
  return {
    join(wish, tell) {
      const member = ++last;
      const call = (name) => () => port.postMessage({ member, call: name });
      tells.set(member, tell);
      port.postMessage({ member, join: wish });
      return {
        stay: call("stay"),
        wake: call("wake"),
        leave() {
          tells.delete(member);
          port.postMessage({ member, call: "leave" });
        },
      };
    },
  };
}
