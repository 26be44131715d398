// SPDX-License-Identifier: Apache-2.0
import { wordsFor } from "./event-words.js";

const QUIET_MS = 30_000;

/**
 * Pure: the events that tell the story as chapters: what was before the first proposal, what was
 * said about proposals, and how it ended. A line is `{event, words, quietMs}`; `quietMs` tells of a
 * pause before it.
 */
export function chapters(events, at = null) {
  const told = at === null ? events : events.filter((event) => event.seq <= at);
  const parts = [];
  let previous = null;
  for (const event of told) {
    const title = chapterOf(event, parts.at(-1)?.title);
    if (parts.at(-1)?.title !== title) parts.push({ title, lines: [] });
    const pause = previous === null ? 0 : event.at - previous.at;
    parts
      .at(-1)
      .lines.push({ event, words: wordsFor(event), quietMs: pause >= QUIET_MS ? pause : 0 });
    previous = event;
  }
  return parts;
}

const BEGIN = "How it began";
const COURSE = "What was said";
const END = "How it ended";
const ENDS = ["decision.finalized", "run.completed", "run.failed", "run.cancelled"];

/** What comes after the end is part of the end: late answers, verdicts. */
function chapterOf(event, current = BEGIN) {
  if (ENDS.includes(event.type) || current === END) return END;
  if (event.type.startsWith("proposal.") || current === COURSE) return COURSE;
  return BEGIN;
}
