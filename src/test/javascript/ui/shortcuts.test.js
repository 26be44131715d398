// SPDX-License-Identifier: Apache-2.0
import { findEntries, isRunId } from "/console/ui/palette.js";
import { nextChoice, readPrefs, reducePrefs, USUAL } from "/console/ui/prefs.js";
import { keyCaps, keyName, matchKey, shortcutTable } from "/console/ui/shortcuts.js";
import { equal, isTrue, test } from "../harness.js";

const LIST = [
  { keys: "g r", scope: "all", label: "runs" },
  { keys: "mod+k", scope: "all", label: "palette" },
  { keys: "x", scope: "runs", label: "select" },
  { keys: "[ / p", scope: "run", label: "previous" },
];
const found = (scope, before, key) => matchKey(LIST, scope, before, key).found?.label ?? null;

await test("keys do what the table says, on the page it says", () => {
  equal(found("runs", "", "x"), "select");
  equal(found("audit", "", "x"), null, "not on another page");
  equal(found("audit", "", "mod+k"), "palette", "everywhere");
  equal([found("run", "", "["), found("run", "", "p")], ["previous", "previous"], "either key");
});

await test("a sequence waits for its second key", () => {
  equal(matchKey(LIST, "audit", "", "g"), { found: null, waiting: "g" });
  equal(found("audit", "g", "r"), "runs");
  equal(found("runs", "g", "x"), "select", "a key that does not go on counts by itself");
});

await test("keys have names", () => {
  const name = (key, more = {}) => keyName({ key, ctrlKey: false, metaKey: false, ...more });
  equal(
    [
      name("K", { ctrlKey: true }),
      name("k", { metaKey: true }),
      name("Escape"),
      name(" "),
      name("?"),
      name("Y"),
    ],
    ["mod+k", "mod+k", "escape", "space", "?", "Y"],
  );
  equal(keyCaps("mod+k", false), [["Ctrl K"]]);
  equal(keyCaps("mod+enter", true), [["⌘ Enter"]]);
  equal(keyCaps("[ / g r", false), [["["], ["g", "r"]]);
});

await test("the table groups by page, what works everywhere first", () => {
  const titles = shortcutTable([...LIST, { keys: "q", scope: "launch", label: "q" }]).map(
    (one) => one.title,
  );
  equal(titles, ["Everywhere", "Runs", "One run", "Launch"]);
});

await test("preferences are known values, whatever was stored", () => {
  equal(readPrefs('{"theme":"dark","zone":"mars","more":1}'), { ...USUAL, theme: "dark" });
  equal(readPrefs("[]"), USUAL);
  equal(readPrefs("{"), USUAL);
  equal([nextChoice("theme", "auto"), nextChoice("theme", "dark")], ["light", "auto"], "round");
  const same = reducePrefs(USUAL, { type: "prefs/set", name: "theme", value: "pink" });
  isTrue(same === USUAL, "nothing unknown is set");
});

await test("the palette finds by all words, beginnings first", () => {
  const entries = [
    { label: "Policies", words: "rules" },
    { label: "Runs" },
    { label: "Sandbox runs" },
  ];
  equal(
    findEntries(entries, "run").map((one) => one.label),
    ["Runs", "Sandbox runs"],
  );
  equal(
    findEntries(entries, "box run").map((one) => one.label),
    ["Sandbox runs"],
  );
  equal(
    findEntries(entries, " RULES ").map((one) => one.label),
    ["Policies"],
    "by other words",
  );
  isTrue(isRunId(" 0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11 ") && !isRunId("0d0c1f6e"), "a whole id");
});
