// SPDX-License-Identifier: Apache-2.0
import { toEvent } from "./events.js";
import { matcher } from "./find.js";
import { typesOf } from "./kinds.js";
import { openSearch, openWindow, STRETCH, visibleRows } from "./log-window.js";
import { latestSeq } from "./run-state.js";

const PAGE = 1_000;
const OVERSCAN = 30;

/** How long the log rests after a refusal that does not say for how long. */
const REST_MS = 2_000;

/**
 * Reads the log for the tab Events: stretch by stretch where the reader looks; with a filter page by
 * page from the beginning, until the screen is full or the log ends. Each rendering looks again, so
 * a read that failed makes the reader rest for as long as the server asks, and then goes on by itself.
 */
export function createLogReader({ run, dispatch, guard, api, id }) {
  const path = "/runs/" + encodeURIComponent(id) + "/events";
  const asked = new Set();
  let searching = "";
  let rest = null;

  function open(filter) {
    const { kinds, who, q } = filter;
    const key = JSON.stringify([kinds, who, q]);
    if (run().logKey === key) return;
    asked.clear();
    const filtered = typesOf(kinds) !== null || matcher(filter) !== null;
    const { projection, lastSeq } = run();
    const total = projection.timeline?.totalEvents ?? 0;
    const log = filtered
      ? openSearch()
      : openWindow(Math.max(latestSeq(projection), lastSeq), total);
    dispatch({ type: "log/opened", log, key });
  }

  /** Loads what the reader is about to see. */
  function look(first, size, filter) {
    const { log, logKey } = run();
    if (!log || rest !== null) return;
    const from = Math.max(0, first - OVERSCAN);
    const { wanted } = visibleRows(log, from, size + 2 * OVERSCAN);
    if (log.exact) {
      if (log.done && run().lastSeq > log.upTo) dispatch({ type: "log/goOn" });
      else if (wanted.length > 0) search(logKey, filter);
      return;
    }
    for (const index of wanted) readStretch(logKey, index, first);
  }

  async function readStretch(key, index, first) {
    const { after, upTo } = run().log.stretches[index];
    const mark = key + after;
    if (asked.has(mark)) return;
    asked.add(mark);
    try {
      const limit = Math.min(PAGE, Math.max(1, upTo - after, STRETCH));
      const events = (await api.runEvents(id, { afterSeq: after, limit })).map(toEvent);
      const at = run().log.stretches.findIndex((one) => one.after === after);
      const firstVisible = stretchAt(run().log, first);
      dispatch({ type: "log/filled", key, index: at, events, firstVisible });
    } catch (cause) {
      refused(cause);
    } finally {
      asked.delete(mark);
    }
  }

  async function search(key, filter) {
    const cursor = run().log.stretches.at(-1);
    if (searching === key + cursor.after) return;
    searching = key + cursor.after;
    const upTo = run().lastSeq;
    try {
      const type = typesOf(filter.kinds)?.join(",");
      const events = await api.runEvents(id, { type, afterSeq: cursor.after, limit: PAGE });
      const matches = matcher(filter) ?? (() => true);
      const next = events.length < PAGE ? null : events.at(-1).seq;
      const rows = events.map(toEvent).filter(matches);
      dispatch({ type: "log/found", key, rows, cursor: next, upTo });
    } catch (cause) {
      refused(cause);
    } finally {
      searching = "";
    }
  }

  function refused(error) {
    clearTimeout(rest);
    rest = setTimeout(again, error.retryAfterMs ?? REST_MS);
    guard(error);
    dispatch({ type: "run/part", name: "log", part: { phase: "error", error, body: null } });
  }

  /** Looks again at once; the rendering that this causes does it. */
  function again() {
    close();
    dispatch({ type: "run/part", name: "log", part: { phase: "ready", error: null, body: null } });
  }

  function close() {
    clearTimeout(rest);
    rest = null;
  }
  return { open, look, again, close };
}

function stretchAt(log, row) {
  let at = 0;
  for (const [index, one] of log.stretches.entries()) {
    at += one.count;
    if (at > row) return index;
  }
  return log.stretches.length;
}
