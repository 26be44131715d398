// SPDX-License-Identifier: Apache-2.0
import { messageTypeOf, senderOf } from "../run/events.js";

/** What makes two events of two runs the same step: what somebody did, not about what. */
export function stepKey(event) {
  return [event.type, messageTypeOf(event), senderOf(event)].join("|");
}

/**
 * Pure: two logs side by side. By type, the longest common course of steps stands in the same rows;
 * by time, events stand in the order of how long after the start they happened.
 *
 * @param {"type"|"time"} by
 * @returns {{left: object|null, right: object|null}[]}
 */
export function align(left, right, by) {
  return by === "time" ? byTime(left, right) : byType(left, right);
}

function byTime(left, right) {
  const startOf = (events) => events[0]?.at ?? 0;
  const rows = [
    ...left.map((event) => ({ offset: event.at - startOf(left), left: event, right: null })),
    ...right.map((event) => ({ offset: event.at - startOf(right), left: null, right: event })),
  ];
  return rows
    .sort((a, b) => a.offset - b.offset)
    .map((row) => ({ left: row.left, right: row.right }));
}

function byType(left, right) {
  const a = left.map(stepKey);
  const b = right.map(stepKey);
  const lengths = commonLengths(a, b);
  const width = b.length + 1;
  const rows = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push({ left: left[i++], right: right[j++] });
    } else if (
      j >= b.length ||
      (i < a.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
    ) {
      rows.push({ left: left[i++], right: null });
    } else {
      rows.push({ left: null, right: right[j++] });
    }
  }
  return rows;
}

/** Length of the longest common course from each pair of positions on. */
function commonLengths(a, b) {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  return lengths;
}
