// SPDX-License-Identifier: Apache-2.0
import {
  agoWords,
  asText,
  durationWords,
  modeName,
  offsetWords,
  participantName,
  percent,
  plural,
  sentence,
  shortId,
  timeOf,
} from "/console/ui/format.js";
import { curlOfRun } from "/console/ui/copy.js";
import { equal, isTrue, test } from "./check.js";

export async function run() {
  await test("ages are told in one unit", () => {
    const now = 10 * 86_400_000;
    const words = [0, 12_000, 60_000, 3_599_000, 7_200_000, 3 * 86_400_000].map((ms) =>
      agoWords(now - ms, now),
    );
    equal(words, ["just now", "12 s ago", "1 min ago", "59 min ago", "2 h ago", "3 days ago"]);
    equal(agoWords(now + 30_000, now), "just now", "a clock that is a little ahead");
    isTrue(
      agoWords(now + 3_600_000, now).startsWith("at "),
      "a clock that is far ahead shows the time",
    );
  });
  await test("durations are told in two units", () => {
    const words = [0, 640, 9_940, 59_999, 83_000, 5_400_000, 200_000_000].map(durationWords);
    equal(words, ["0 ms", "640 ms", "9.9 s", "59 s", "1 min 23 s", "1 h 30 min", "2 d 7 h"]);
    equal([null, -1, Number.NaN].map(durationWords), ["–", "–", "–"], "nothing is invented");
  });
  await test("offsets count from the run's start", () => {
    equal([0, 4_260, 59_950, 67_000, 7_389_000].map(offsetWords), [
      "+0.0 s",
      "+4.2 s",
      "+59.9 s",
      "+1:07",
      "+2:03:09",
    ]);
    equal(offsetWords(-5), "before start", "an earlier time");
  });
  await test("shares are told in whole percent", () => {
    equal([0, 0.824, 1].map(percent), ["0 %", "82 %", "100 %"]);
    equal(
      [undefined, null, "0.5", 1.2, Number.NaN].map(percent),
      ["", "", "", "", ""],
      "anything else is left out",
    );
  });
  await test("words of identifiers", () => {
    equal(modeName("macp.mode.multi_round.v1"), "Multi round", "known form of a mode");
    equal(modeName("ext.other"), "ext.other", "another mode stays as it is");
    equal(participantName("agent://risk"), "risk", "the scheme of an agent is left out");
    // The beginning of an ordered one is a time, which runs of one minute share.
    equal(shortId("0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11"), "6c2f7a11", "a UUID, by its end");
    equal(sentence("binding_session"), "Binding session", "a status");
    equal(
      [plural(1, "vote"), plural(2_000, "vote")],
      ["1 vote", "2,000 votes"],
      "numbers of things",
    );
  });
  await test("times of the wire", () => {
    equal(timeOf("2026-03-02T09:00:00.250Z"), 1_772_442_000_250, "ISO");
    equal(
      [timeOf("soon"), timeOf(null), timeOf(undefined)],
      [null, null, null],
      "anything else is no time",
    );
  });
  await test("text of agents is plain and bounded", () => {
    equal(
      [asText(null), asText(0), asText({ a: 1 })],
      ["", "0", '{"a":1}'],
      "values that are not text",
    );
    equal(
      asText("a\u202eb\u0000c\nd"),
      "a\ufffdb\ufffdc\nd",
      "marks that deceive are made visible",
    );
    isTrue(asText("x".repeat(100_000)).length < 5_000, "length is bounded");
  });
  await test("a copied command holds no key", () => {
    const command = curlOfRun("http://127.0.0.1:3001", "a'b", true);
    equal(
      command,
      "curl -sS -H \"Authorization: Bearer $MACP_API_KEY\" 'http://127.0.0.1:3001/runs/a%27b/state'",
    );
  });
}
