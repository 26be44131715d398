// SPDX-License-Identifier: Apache-2.0
import { toEvent } from "/console/run/events.js";
import { matcher, marked } from "/console/run/find.js";
import {
  append,
  countRows,
  fill,
  found,
  goOn,
  HELD,
  neighbour,
  openSearch,
  openWindow,
  rowOf,
  STRETCH,
  visibleRows,
} from "/console/run/log-window.js";
import { equal, isTrue, test } from "./check.js";
import { chance, message, row } from "./sample.js";

/** A log as a server has it: raw facts take numbers, too, so not every number is an event. */
function logOf(latest, every = 2) {
  const events = [];
  for (let seq = 1; seq <= latest; seq += every) events.push(toEvent(row(seq, "message.received")));
  return events;
}

const read = (log, { after, upTo }) => log.filter((one) => one.seq > after && one.seq <= upTo);
const load = (window, index, log) => fill(window, index, read(log, window.stretches[index]));

export async function run() {
  await test("a long log is a few stretches until it is looked at", () => {
    const window = openWindow(142_881, 99_997);
    equal(window.stretches.length, Math.ceil(142_881 / STRETCH));
    isTrue(Math.abs(countRows(window) - 99_997) < 200, "its length is near the truth");
    const { rows, wanted } = visibleRows(window, 50_000, 40);
    equal([rows.length, rows.every((one) => one === null)], [40, true]);
    isTrue(wanted.length <= 2, "and little is asked for");
  });
  await test("what is looked at comes in order, whatever order it arrives in", () => {
    const log = logOf(5_000);
    let window = openWindow(5_000, log.length);
    for (const index of [7, 0, 12, 3, 1, 2, 11, 10, 9, 8, 6, 5, 4])
      window = load(window, index, log).window;
    equal(countRows(window), log.length, "no event is missed or doubled");
    const { rows, before, after } = visibleRows(window, 1_000, 30);
    equal(
      rows.map((one) => one.seq),
      log.slice(1_000, 1_030).map((one) => one.seq),
    );
    equal([before, after], [1_000, log.length - 1_030], "and the rest has its height");
  });
  await test("a stretch that is longer than thought says by how much", () => {
    const log = logOf(STRETCH * 2, 1);
    const window = openWindow(STRETCH * 2, STRETCH);
    const { shift, window: next } = load(window, 0, log);
    equal(shift, STRETCH / 2);
    equal(countRows(next), STRETCH + STRETCH / 2);
  });
  await test("rows that nobody looks at are let go, and keep their height", () => {
    const log = logOf(STRETCH * 40, 1);
    let window = openWindow(STRETCH * 40, log.length);
    for (let index = 0; index < 40; index++) window = load(window, index, log).window;
    equal(window.stretches.filter((one) => one.rows).length, HELD);
    equal(countRows(window), log.length);
    equal(visibleRows(window, 0, 5).wanted, [0], "and are asked for again");
  });
  await test("events that happen are put to the end once", () => {
    const log = logOf(300, 1);
    let window = load(openWindow(300, 300), 0, log).window;
    const more = [301, 302, 305].map((seq) => toEvent(row(seq, "signal.emitted")));
    window = append(append(window, more), more);
    equal(countRows(window), 303);
    equal(
      visibleRows(window, 300, 9).rows.map((one) => one.seq),
      [301, 302, 305],
    );
    const unread = append(openWindow(300, 300), more);
    equal(countRows(unread), 303, "also where the end was never read");
  });
  await test("any sequence has a row", () => {
    const log = logOf(2_000);
    let window = openWindow(2_000, log.length);
    for (let index = 0; index < window.stretches.length; index++)
      window = load(window, index, log).window;
    const random = chance(7);
    const alike = Array.from({ length: 50 }, () => {
      const at = Math.floor(random() * log.length);
      return rowOf(window, log[at].seq) === at;
    });
    isTrue(alike.every(Boolean), "the right one where it is loaded");
    isTrue(Math.abs(rowOf(openWindow(2_000, 1_000), 1_000) - 500) < 3, "a near one where not");
    equal(neighbour(window, 401, 1).seq, 403, "and a next");
    equal(neighbour(window, 401, -1).seq, 399, "and a previous one");
  });
  await test("a search grows until the log ends", () => {
    let window = openSearch();
    equal(visibleRows(window, 0, 10).wanted, [0], "the first page is wanted");
    window = found(window, logOf(20), 1_000, 0);
    equal([countRows(window), window.done, window.upTo], [11, false, 1_000]);
    window = found(window, [toEvent(row(1_004, "x"))], null, 1_010);
    equal([countRows(window), window.done, window.upTo], [11, true, 1_010]);
    equal(visibleRows(window, 0, 20).wanted, []);
    equal(visibleRows(goOn(window), 0, 20).wanted, [2], "and goes on when the log does");
    const nothing = found(openSearch(), [], null, 3);
    equal([countRows(nothing), nothing.done], [0, true], "also when it finds nothing");
  });
  await test("a search looks into lines, types and payloads", () => {
    const event = toEvent(
      message(7, "agent://ann", "Vote", { vote: "APPROVE", reason: "Chip was read" }),
    );
    const finds = (q, who = "") => matcher({ q, who })(event);
    isTrue(finds("chip READ"), "every word, in any letter case");
    isTrue(!finds("chip swiped"), "not only some of them");
    isTrue(finds("proposal.updated", "agent://ann"), "the type of somebody's event");
    isTrue(!finds("chip", "agent://bob"), "of nobody else's");
    equal(matcher({ q: " ", who: "" }), null, "nothing to look for is no filter");
    equal(
      marked("Chip was read", "chip READ"),
      ["", "Chip", " was ", "read", ""],
      "matches stand out",
    );
    equal(marked("a+b (c)", "a+b ("), ["", "a+b", " ", "(", "c)"], "whatever is looked for");
  });
}
