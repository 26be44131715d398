// SPDX-License-Identifier: Apache-2.0
import { countRows, rowOf } from "./log-window.js";

const NEAR_PX = 24;
export const ROW_PX = 30;

/** True when a log shows its end, or is no scroll box at all (narrow screens). */
export function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
}

/**
 * Where the reader is in the log of events. The end stays in view while it is followed; otherwise
 * nothing moves under the reader, also when rows above turn out to be more or fewer than thought.
 */
export function createFollower({ run, dispatch }) {
  const box = () => document.getElementById("event-log");
  let stamp = 0;
  let shownKey = "";
  let wanted = null;

  function follow(following) {
    if (following !== run().following) dispatch({ type: "run/follow", following });
  }
  function viewport() {
    const log = box();
    const height = log?.clientHeight || 600;
    return {
      first: Math.max(0, Math.floor((log?.scrollTop ?? 0) / ROW_PX)),
      size: Math.ceil(height / ROW_PX) + 1,
    };
  }
  function reveal(row) {
    const log = box();
    if (!log) return;
    const { first, size } = viewport();
    if (row < first + 1) log.scrollTop = (row - 1) * ROW_PX;
    else if (row > first + size - 4) log.scrollTop = (row - size + 4) * ROW_PX;
  }
  return {
    follow,
    viewport,
    reveal,
    scrolled(log) {
      const atEnd = isAtEnd(log);
      if (run().endSeq === null && atEnd !== run().following) follow(atEnd);
    },
    /** A newly opened log starts at its end when it is followed, else at what the address names. */
    afterRender({ tab, sel, at }) {
      const log = box();
      const state = run();
      if (tab !== "events" || !log || !state.log) {
        shownKey = "";
        return;
      }
      if (shownKey !== state.logKey) {
        shownKey = state.logKey;
        wanted = state.following && at === null ? null : (sel ?? at);
        stamp = state.shift.stamp;
      }
      if (wanted !== null) {
        log.scrollTop = Math.max(0, rowOf(state.log, wanted) - 4) * ROW_PX;
        if (
          state.log.stretches.some((one) => one.rows && wanted <= one.upTo && wanted > one.after)
        ) {
          wanted = null;
        }
      } else if (stamp !== state.shift.stamp && state.shift.rows !== 0) {
        log.scrollTop += state.shift.rows * ROW_PX;
      }
      stamp = state.shift.stamp;
      if (state.following && state.endSeq === null && !isAtEnd(log)) {
        log.scrollTop = countRows(state.log) * ROW_PX;
      }
    },
  };
}
