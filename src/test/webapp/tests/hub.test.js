// SPDX-License-Identifier: Apache-2.0
import { addressOf, createHub, LIST, sortFrames } from "/console/live/hub.js";
import { equal, isTrue, test } from "./check.js";

const A = "0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11";
const B = "0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a22";
const event = (id, data = "{}") => ({ event: "canonical_event", id, data });

/** A hub over connections that the test plays itself. */
function stage() {
  const opened = [];
  let clock = 0;
  const open = (parts) => {
    const one = { ...parts, urls: [], closed: false, wakes: 0 };
    const connect = () => {
      const { url, headers } = parts.target();
      one.urls.push(headers["Last-Event-ID"] ? url + " after " + headers["Last-Event-ID"] : url);
      parts.onPhase("live", {});
    };
    opened.push(one);
    connect();
    return { restart: connect, wake: () => one.wakes++, close: () => (one.closed = true) };
  };
  const hub = createHub({ open, now: () => clock });
  return {
    opened,
    pass: (ms) => (clock += ms),
    join(topic, position, key = "k") {
      const heard = [];
      const wish = { topic, position, headers: { Authorization: key } };
      return { heard, ...hub.join(wish, (told) => heard.push(told)) };
    },
    /** Until those who came and went are gathered. */
    settled: () => new Promise((resolve) => setTimeout(resolve, 60)),
  };
}
const ids = ({ heard }) => heard.flatMap(({ frames = [] }) => frames.map(({ id }) => id));

export async function run() {
  await test("one topic is read where it always was, several over one connection", () => {
    equal(addressOf([[LIST, 0]]), { url: "/runs/stream", resume: 0 });
    equal(addressOf([[A, 7]]), {
      url: "/runs/" + A + "/stream?includeSnapshot=true&frames=extended",
      resume: 7,
    });
    equal(
      addressOf([
        [A, 7],
        [B, 0],
      ]),
      { url: "/runs/stream?list=false&watch=" + A + ":7," + B + ":0", resume: 0 },
    );
    equal(
      addressOf([
        [LIST, 0],
        [B, 3],
      ]).url,
      "/runs/stream?list=true&watch=" + B + ":3",
    );
  });
  await test("frames find their topic by their id", () => {
    const frames = [
      { event: "run", id: "", data: "1" },
      event(A + ":4"),
      { event: "heartbeat", id: A + ":4", data: "{}" },
    ];
    const sorted = sortFrames(frames, [LIST, A, B]);
    equal(
      [LIST, A, B].map((topic) => sorted.get(topic).map(({ frame, seq }) => [frame.event, seq])),
      [
        [
          ["run", 0],
          ["heartbeat", 0],
        ],
        [
          ["canonical_event", 4],
          ["heartbeat", 0],
        ],
        [["heartbeat", 0]],
      ],
    );
    equal(sortFrames([event("9")], [A]).get(A)[0].seq, 9, "and alone by none");
  });
  await test("tabs with different runs share one connection, each told once from its own place", async () => {
    const { opened, join, settled } = stage();
    const first = join(A, 5);
    equal(opened[0].urls.at(-1), addressOf([[A, 5]]).url + " after 5");
    const second = join(B, 2);
    const late = join(A, 3);
    await settled();
    equal(opened.length, 1, "one connection");
    equal(opened[0].urls.at(-1), "/runs/stream?list=false&watch=" + A + ":3," + B + ":2");
    opened[0].onFrames([event(A + ":4"), event(A + ":5"), event(B + ":3"), event(A + ":6")]);
    equal(ids(first), [A + ":6"], "nothing twice");
    equal(ids(late), [A + ":4", A + ":5", A + ":6"], "nothing left out");
    equal(ids(second), [B + ":3"], "nothing of others");
  });
  await test("whoever knows as much as the connection joins without a new one", async () => {
    const { opened, join, settled } = stage();
    join(A, 5);
    opened[0].onFrames([event("6")]);
    const other = join(A, 6);
    await settled();
    equal(opened[0].urls.length, 1);
    equal(other.heard, [{ phase: "live", facts: {} }], "and hears how things are");
  });
  await test("what nobody watches any more is let go, and the last one closes the connection", async () => {
    const { opened, join, settled } = stage();
    const first = join(A, 5);
    const second = join(B, 1);
    await settled();
    second.leave();
    await settled();
    equal(opened[0].urls.at(-1), addressOf([[A, 5]]).url + " after 5");
    first.leave();
    isTrue(opened[0].closed, "closed");
  });
  await test("pages with different keys share nothing", () => {
    const { opened, join } = stage();
    join(A, 5, "one");
    join(A, 5, "other");
    equal(opened.length, 2);
  });
  await test("a page that crashed is forgotten, one that slept is not", async () => {
    const { opened, join, pass, settled } = stage();
    const awake = join(A, 5);
    const asleep = join(B, 1);
    await settled();
    pass(200_000);
    awake.stay();
    join(LIST, 0);
    await settled();
    isTrue(!opened[0].urls.at(-1).includes(B), "forgotten");
    asleep.stay();
    await settled();
    isTrue(opened[0].urls.at(-1).includes(B + ":1"), "and back from its place");
  });
  await test("a run that is gone is said to its own page only", async () => {
    const { opened, join, settled } = stage();
    const first = join(A, 5);
    const second = join(B, 1);
    await settled();
    opened[0].onFrames([{ event: "missing", id: B + ":0", data: "{}" }]);
    equal(second.heard.at(-1).facts.error.status, 404);
    isTrue(!first.heard.some(({ phase }) => phase === "failed"), "the other goes on");
  });
}
