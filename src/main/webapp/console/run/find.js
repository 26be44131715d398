// SPDX-License-Identifier: Apache-2.0
import { senderOf } from "./events.js";
import { wordsFor } from "./event-words.js";

/**
 * Pure: a test for events by what somebody looks for. Every word of `q` must occur somewhere in the
 * line, the type, the sender or the payload.
 *
 * @returns {((event: object) => boolean)|null} null when everything is wanted
 */
export function matcher({ q, who }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && !who) return null;
  return (event) => {
    if (who && senderOf(event) !== who) return false;
    if (words.length === 0) return true;
    const text = textOf(event);
    return words.every((word) => text.includes(word));
  };
}

function textOf(event) {
  const { who, did, what, quote } = wordsFor(event);
  return [event.seq, event.type, who, did, what, quote, JSON.stringify(event.data)]
    .join(" ")
    .toLowerCase();
}

/** Pure: text cut into parts, of which every other one is a match of a word. */
export function marked(text, q) {
  const words = q.split(/\s+/).filter(Boolean).map(escape);
  if (words.length === 0) return [text];
  return text.split(new RegExp("(" + words.join("|") + ")", "gi"));
}

function escape(word) {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
