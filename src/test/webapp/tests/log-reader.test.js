// SPDX-License-Identifier: Apache-2.0
import { createLogReader } from "/console/run/log-reader.js";
import { openWindow } from "/console/run/log-window.js";
import { equal, isTrue, test } from "./check.js";

const ALL = { kinds: "", who: "", q: "" };

/** A reader of a log of 800 numbers whose reads are all answered as told. */
function stage(answer) {
  const state = { log: openWindow(800, 800), logKey: "all", lastSeq: 800, projection: {} };
  const told = [];
  let asked = 0;
  const reader = createLogReader({
    id: "a",
    run: () => state,
    guard: () => {},
    dispatch: (action) => told.push(action.part ? action.part.phase : action.type),
    api: {
      runEvents: async () => {
        asked++;
        return answer();
      },
    },
  });
  return { reader, told, asked: () => asked };
}

const turns = (count) => new Promise((resolve) => setTimeout(resolve, count));

export async function run() {
  await test("a refusal makes the log rest for as long as the server asks", async () => {
    const refuse = () => {
      throw Object.assign(new Error("Too many requests"), { retryAfterMs: 60_000 });
    };
    const { reader, told, asked } = stage(refuse);
    reader.look(0, 20, ALL);
    await turns(5);
    for (let frame = 0; frame < 60; frame++) reader.look(0, 20, ALL);
    await turns(5);
    equal(asked(), 1, "asks once");
    equal(told, ["error"], "says so");

    reader.again();
    reader.look(0, 20, ALL);
    equal(asked(), 2, "asks at once when told to");
    await turns(5);
    reader.close();
  });

  await test("the log goes on by itself after its rest", async () => {
    let well = false;
    const { reader, told, asked } = stage(() => {
      if (well) return [];
      throw Object.assign(new Error("Not now"), { retryAfterMs: 10 });
    });
    reader.look(0, 20, ALL);
    await turns(5);
    well = true;
    for (let left = 200; left > 0 && !told.includes("ready"); left--) await turns(5);
    isTrue(told.includes("ready"), "says that it goes on");
    reader.look(0, 20, ALL);
    equal(asked(), 2, "and reads");
    await turns(5);
    equal(told.at(-1), "log/filled", "what was missing");
    reader.close();
  });
}
