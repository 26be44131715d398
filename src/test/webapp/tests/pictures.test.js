// SPDX-License-Identifier: Apache-2.0
import { edgeCount } from "/console/run/graph-view.js";
import {
  drawLanes,
  laneName,
  LABEL_PX,
  markOf,
  pan,
  quietTimes,
  rangeBetween,
  zoom,
} from "/console/run/timeline.js";
import { timeOf } from "/console/ui/format.js";
import { equal, isTrue, test } from "./check.js";

const BODY = {
  columns: 100,
  total: 4,
  stretches: [
    {
      fromTs: "2026-03-02T09:00:00.000Z",
      toTs: "2026-03-02T09:00:10.000Z",
      fromColumn: 0,
      toColumn: 40,
    },
    {
      fromTs: "2026-03-02T11:00:10.000Z",
      toTs: "2026-03-02T11:00:20.000Z",
      fromColumn: 50,
      toColumn: 99,
    },
  ],
  lanes: [
    { id: "", total: 0, cells: [] },
    {
      id: "agent://ann",
      total: 4,
      cells: [
        [0, 1, 1, 1, "proposal.created"],
        [99, 3, 2, 4, "decision.finalized"],
      ],
    },
  ],
};

export async function run() {
  await test("lanes are drawn from left to right", () => {
    const { lanes, height } = drawLanes(BODY, 1_000);
    equal(
      lanes.map((lane) => lane.name),
      ["ann"],
      "empty ones are left out",
    );
    const [first, last] = lanes[0].cells;
    isTrue(first.x > LABEL_PX && last.x < 1_000 && first.x < last.x, "within the picture");
    isTrue(last.size > first.size, "more events are a larger mark");
    isTrue(height > lanes[0].y, "and the picture is high enough");
  });
  await test("quiet times are told", () => {
    const { stretches } = drawLanes(BODY, 1_000);
    equal(
      quietTimes(stretches, timeOf).map((one) => one.ms),
      [7_200_000],
    );
  });
  await test("every type has a mark", () => {
    equal(
      ["proposal.created", "proposal.updated", "run.failed", "signal.emitted", "x"].map(markOf),
      ["proposal", "position", "bad", "signal", "minor"],
    );
    equal(
      [laneName(""), laneName("*"), laneName("agent://a")],
      ["Run and session", "All others", "a"],
    );
  });
  await test("zooming and moving stay within the log", () => {
    equal(zoom(null, 1_000, 0.5), [251, 750]);
    equal(zoom([251, 750], 1_000, 4), null, "far enough out is all of it");
    equal(pan([251, 750], 1_000, 0.5), [501, 1_000]);
    equal(pan([501, 1_000], 1_000, 0.5), [501, 1_000], "no further");
    equal(pan([1, 100], 1_000, -0.5), [1, 100]);
  });
  await test("a stretch of the picture is one of the log", () => {
    const picture = drawLanes(BODY, 1_000);
    equal(rangeBetween(picture, 1_000, 0), [1, 4], "in either direction");
    equal(rangeBetween(picture, 300, 1_000), [2, 4]);
    equal(rangeBetween(picture, 300, 400), null, "nothing is there");
    equal(rangeBetween(picture, 0, 300), null, "one event is no stretch");
  });
  await test("a line counts its messages once", () => {
    equal(
      edgeCount({
        kinds: [{ kind: "Vote", count: 3 }, { kind: "vote", count: 3 }, { kind: "fanout" }],
      }),
      3,
    );
  });
}
