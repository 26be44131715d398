// SPDX-License-Identifier: Apache-2.0
import { wordsFor } from "./event-words.js";

const QUIET_MS = 30_000;
const MINUTE_MS = 60_000;

/**
 * Events as groups of rows for display: one group per minute, a mark where nothing happened for a
 * while, and runs of minor events folded into one row that tells their number. The envelope of a
 * message stands directly before the event made from it; both are one row with both sequences.
 *
 * @param {object[]} events ordered by sequence
 * @param {"key"|"all"} level
 * @returns {{minute: number, quietMs: number, rows: object[]}[]} a row is `{event, words, also}`,
 *     `{fold: row[]}` or `{quietMs, before: seq}`
 */
export function groupEvents(events, level) {
  const groups = [];
  let previousAt = null;
  for (const event of events) {
    const minute = Math.floor(event.at / MINUTE_MS) * MINUTE_MS;
    const gap = previousAt === null ? 0 : event.at - previousAt;
    const quietMs = gap >= QUIET_MS ? gap : 0;
    const group = groups.at(-1);
    if (!group || minute > group.minute) groups.push({ minute, quietMs, rows: [] });
    else if (quietMs > 0) group.rows.push({ quietMs, before: event.seq });
    addRow(groups.at(-1).rows, { event, words: wordsFor(event), also: null }, level);
    previousAt = event.at;
  }
  return groups;
}

function addRow(rows, row, level) {
  if (level === "all") {
    rows.push(row);
  } else if (row.words.minor) {
    const last = rows.at(-1);
    if (last?.fold) last.fold.push(row);
    else rows.push({ fold: [row] });
  } else {
    rows.push({ ...row, also: takeEnvelope(rows, row.event) });
  }
}

/** Takes the envelope of the same message out of the fold before it. */
function takeEnvelope(rows, event) {
  const fold = rows.at(-1)?.fold;
  const envelope = fold?.at(-1).event;
  const same =
    envelope?.type === "message.received" && envelope.data.messageId === event.data.messageId;
  if (!same || event.data.messageId === undefined) return null;
  fold.pop();
  if (fold.length === 0) rows.pop();
  return envelope;
}

/** The sequence by which a row is recognised from one render to the next. */
export function rowKey(row) {
  if (row.fold) return row.fold[0].event.seq + "f";
  return row.event ? row.event.seq : row.before + "q";
}

/** Numbers for the filter, so that nothing is hidden without a count. */
export function countEvents(events) {
  const key = events.filter((event) => !wordsFor(event).minor).length;
  return { key, all: events.length };
}
