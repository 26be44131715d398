// SPDX-License-Identifier: Apache-2.0
import { ApiError, createApi, errorOf } from "/console/api.js";
import { connectionWords } from "/console/live/connection.js";
import { backoffDelay, isFinal } from "/console/live/stream.js";
import { equal, isTrue, test } from "./check.js";

const answer = (status, body, headers = {}) => new Response(body, { status, headers });

export async function run() {
  await test("waiting grows to thirty seconds, with chance taken off", () => {
    equal(
      [0, 1, 2, 5, 60].map((attempt) => backoffDelay(attempt, () => 1)),
      [1_000, 2_000, 4_000, 30_000, 30_000],
    );
    equal(
      [0, 60].map((attempt) => backoffDelay(attempt, () => 0)),
      [500, 15_000],
      "at most a half",
    );
  });
  await test("asking again stops where it cannot help", () => {
    equal(
      [401, 404, 410, 400].map((status) => isFinal({ status })),
      [true, true, true, true],
    );
    equal(
      [0, 429, 500, 503].map((status) => isFinal({ status })),
      [false, false, false, false],
      "otherwise goes on",
    );
  });
  await test("the connection is always told in words", () => {
    const words = (phase, position) => {
      const { word, detail } = connectionWords({ phase, lastFrameAt: 1 }, position);
      return detail ? word + " (" + detail + ")" : word;
    };
    equal(words("live", { behind: 0, seq: 3 }), "Live");
    equal(words("live", { behind: 214, seq: 3 }), "Catching up (214 behind)");
    equal(words("reconnecting", { seq: 1_203 }), "Reconnecting (last seq 1,203)");
    equal(
      [words("ended"), words("connecting"), words("idle")],
      ["Ended", "Connecting", "Connecting"],
    );
  });
  await test("errors keep the server's own message", async () => {
    const body = JSON.stringify({
      statusCode: 404,
      errorCode: "RUN_NOT_FOUND",
      message: "run x not found",
      requestId: "r1",
    });
    const { status, code, message, requestId } = await errorOf(answer(404, body));
    equal(
      [status, code, message, requestId],
      [404, "RUN_NOT_FOUND", "run x not found", "r1"],
      "the contract's form",
    );
    equal(
      (await errorOf(answer(400, JSON.stringify({ message: ["a", "b"] })))).message,
      "a; b",
      "several messages",
    );
    equal(
      (await errorOf(answer(409, JSON.stringify({ title: "t", detail: "d" })))).message,
      "d",
      "RFC 9457",
    );
    equal(
      (await errorOf(answer(502, "<html>"))).message,
      "The server answered 502.",
      "no body to read",
    );
    equal(
      (await errorOf(answer(429, "{}", { "retry-after": "7" }))).retryAfterMs,
      7_000,
      "how long to wait",
    );
  });
  await test("calls carry the key and fail as ApiError", async () => {
    const asked = [];
    const fetch = async (path, init) => {
      asked.push([path, init.headers.Authorization ?? null]);
      if (path.startsWith("/runs/gone")) throw new TypeError("refused");
      return answer(200, JSON.stringify({ data: [1] }));
    };
    const events = await createApi({ fetch, key: () => "k" }).runEvents("a b", {
      afterSeq: 3,
      type: undefined,
    });
    equal(
      [asked[0], events],
      [["/runs/a%20b/events?afterSeq=3", "Bearer k"], [1]],
      "path, key and page",
    );
    await createApi({ fetch, key: () => null }).listRuns(50);
    equal(asked[1], ["/runs?limit=50&offset=0", null], "no key, no header");
    const error = await createApi({ fetch, key: () => null })
      .run("gone")
      .catch((cause) => cause);
    isTrue(error instanceof ApiError && error.status === 0, "an unreachable server");
  });
}
