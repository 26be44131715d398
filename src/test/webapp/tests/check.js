// SPDX-License-Identifier: Apache-2.0
const assertions = [];
let current = "";

/** One behaviour, named as a sentence. An exception counts as a failed assertion. */
export async function test(name, body) {
  current = name;
  try {
    await body();
  } catch (cause) {
    note("runs to its end", false, String(cause?.stack ?? cause));
  }
}

export function equal(actual, expected, what = "is as expected") {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  note(what, left === right, "expected " + right + " but was " + left);
}

export function isTrue(condition, what) {
  note(what, condition === true, "was " + condition);
}

function note(what, ok, detail) {
  assertions.push({ test: current, what, ok, detail: ok ? "" : detail });
}

/** Publishes the results to the page for readers and to `window.assertions` for the build. */
export function report() {
  const list = document.getElementById("report");
  for (const { test: name, what, ok, detail } of assertions) {
    const item = document.createElement("li");
    item.textContent = (ok ? "passed: " : "FAILED: ") + name + ": " + what + " " + detail;
    list.append(item);
  }
  window.assertions = assertions;
}
