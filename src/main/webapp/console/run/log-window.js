// SPDX-License-Identifier: Apache-2.0
// A log of any length of which only stretches are held. Pure: each function gives a new window.

/** How many sequence numbers a stretch covers, and how many stretches keep their rows. */
export const STRETCH = 400;
export const HELD = 24;

/**
 * A window onto a log. Each stretch begins after `after`; `count` is exact once it was loaded and an
 * estimate before; `rows` is null while it is not held. Rows all have the same height, so heights
 * are counted in rows.
 *
 * @param {number} latestSeq
 * @param {number} total how many events the log has; raw facts take numbers, too
 */
export function openWindow(latestSeq, total) {
  const density = latestSeq > 0 ? Math.min(1, total / latestSeq) : 1;
  const stretches = [];
  for (let after = 0; after < latestSeq; after += STRETCH) {
    const numbers = Math.min(STRETCH, latestSeq - after);
    stretches.push(unread(after, after + numbers, Math.max(1, Math.round(numbers * density))));
  }
  return { stretches, exact: false, done: true, upTo: latestSeq };
}

/** A window onto the events that a filter finds, which grows as the log is read. */
export function openSearch() {
  return { stretches: [unread(0, Infinity, 1)], exact: true, done: false, upTo: 0 };
}

function unread(after, upTo, count) {
  return { after, upTo, count, rows: null };
}

/** Rows in all, loaded or estimated. */
export function countRows(window) {
  return window.stretches.reduce((sum, one) => sum + one.count, 0);
}

/**
 * What to show.
 *
 * @returns {{before: number, after: number, rows: (object|null)[], wanted: number[]}} rows before and
 *     after, the rows between (null for one that is not held), and the stretches to load
 */
export function visibleRows(window, first, size) {
  const { stretches } = window;
  const rows = [];
  const wanted = [];
  let at = 0;
  let before = 0;
  for (const [index, one] of stretches.entries()) {
    const end = at + one.count;
    if (end > first && at < first + size) {
      if (rows.length === 0) before = Math.max(first, at);
      if (!one.rows) wanted.push(index);
      const from = Math.max(0, first - at);
      const to = Math.min(one.count, first + size - at);
      for (let row = from; row < to; row++) rows.push(one.rows?.[row] ?? null);
    }
    at = end;
  }
  return { before, after: Math.max(0, at - before - rows.length), rows, wanted };
}

/**
 * Puts the events of a stretch in. Stretches far from it that are read already let their rows go.
 *
 * @returns {{window: object, shift: number}} `shift`: by how many rows everything after it moved
 */
export function fill(window, index, events) {
  const known = window.stretches[index];
  const rows = events.filter((event) => event.seq > known.after && event.seq <= known.upTo);
  const stretches = window.stretches.slice();
  stretches[index] = { ...known, rows, count: rows.length };
  return {
    window: { ...window, stretches: letGo(stretches, index) },
    shift: rows.length - known.count,
  };
}

function letGo(stretches, index) {
  const held = stretches.filter((one) => one.rows).length;
  if (held <= HELD) return stretches;
  let farthest = index;
  for (const [at, one] of stretches.entries()) {
    if (one.rows && Math.abs(at - index) > Math.abs(farthest - index)) farthest = at;
  }
  const next = stretches.slice();
  next[farthest] = { ...next[farthest], rows: null };
  return next;
}

/**
 * Adds what a page of the search found; `cursor` is null when the log has been read to its end,
 * which was then at `upTo`.
 */
export function found(window, rows, cursor, upTo) {
  const stretches = window.stretches.slice(0, -1);
  const last = window.stretches.at(-1);
  if (rows.length > 0) {
    stretches.push({ after: last.after, upTo: rows.at(-1).seq, count: rows.length, rows });
  }
  if (cursor !== null) stretches.push(unread(cursor, Infinity, 1));
  return {
    ...window,
    stretches,
    done: cursor === null,
    upTo: cursor ?? Math.max(window.upTo, upTo),
  };
}

/** A search that had come to the end of the log goes on, because the log did. */
export function goOn(window) {
  const stretches = [...window.stretches, unread(window.upTo, Infinity, 1)];
  return { ...window, stretches, done: false };
}

/** Adds events that have just happened to the end. */
export function append(window, events) {
  let { stretches } = window;
  for (const event of events) {
    const last = stretches.at(-1);
    if (last && event.seq <= last.upTo && last.upTo !== Infinity) continue;
    stretches = stretches.slice();
    if (!last || !last.rows || last.count >= STRETCH) {
      stretches.push({ after: last?.upTo ?? 0, upTo: event.seq, count: 1, rows: [event] });
    } else {
      const rows = [...last.rows, event];
      stretches[stretches.length - 1] = { ...last, rows, count: rows.length, upTo: event.seq };
    }
  }
  return stretches === window.stretches ? window : { ...window, stretches };
}

/** The row at which a sequence stands or would stand; exact where its stretch is loaded. */
export function rowOf(window, seq) {
  let at = 0;
  for (const one of window.stretches) {
    if (seq <= one.upTo) {
      if (one.rows) return at + one.rows.filter((event) => event.seq < seq).length;
      if (one.upTo === Infinity) return at;
      return at + Math.floor((one.count * (seq - one.after - 1)) / (one.upTo - one.after));
    }
    at += one.count;
  }
  return Math.max(0, at - 1);
}

/** The held event next to a sequence: +1 the one after it, -1 the one before it; or null. */
export function neighbour(window, seq, step) {
  const events = window.stretches.flatMap((one) => one.rows ?? []);
  return step > 0
    ? (events.find((event) => event.seq > seq) ?? null)
    : (events.findLast((event) => event.seq < seq) ?? null);
}
