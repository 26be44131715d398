// SPDX-License-Identifier: Apache-2.0
const LONGEST_WAIT_MS = 2_500;
const SHORTEST_WAIT_MS = 60;

export const SPEEDS = [1, 4, 16];

/** Pure: the next mark after a position, or the one before it; null when there is none. */
export function nextMark(marks, at, step) {
  if (step > 0) return marks.find((mark) => mark.seq > at) ?? null;
  return marks.findLast((mark) => mark.seq < at) ?? null;
}

/**
 * Pure: how long a player waits between two events. Time passes as it did, at the chosen speed, but
 * nobody waits through a quiet hour.
 */
export function waitBetween(from, to, speed) {
  const real = Math.max(0, to.at - from.at) / speed;
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, real));
}

/** Pure: marks close to each other on a track of `width` pixels become one with a count. */
export function clusterMarks(marks, latest, width, near = 5) {
  const clusters = [];
  for (const mark of marks) {
    const x = latest > 0 ? (mark.seq / latest) * width : 0;
    const last = clusters.at(-1);
    if (last && x - last.x < near) {
      last.count += 1;
      if (rank(mark) > rank(last.mark)) last.mark = mark;
    } else {
      clusters.push({ x, mark, count: 1 });
    }
  }
  return clusters;
}

const RANKS = ["proposal.", "policy.", "message.", "run.", "decision.", "run.failed"];

function rank({ type }) {
  return RANKS.findLastIndex((begin) => type.startsWith(begin));
}
