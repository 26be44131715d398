// SPDX-License-Identifier: Apache-2.0
import { TABS } from "./address.js";
import { SPEEDS } from "./scrub.js";

/** The keys of the run page, each with what it does; the same list drives the table of shortcuts. */
export function runShortcuts(control) {
  const key = (keys, label, act) => ({
    keys,
    label,
    scope: "run",
    run: (event) => act(control(), event),
  });
  return [
    ...TABS.map(([tab, word], at) => key(String(at + 1), "Show " + word, (c) => c.go({ tab }))),
    key("[", "One event back in time", (c) => c.step(-1)),
    key("]", "One event on in time", (c) => c.step(1)),
    key("{", "Back to the turning point before", (c) => c.turn(-1)),
    key("}", "On to the next turning point", (c) => c.turn(1)),
    key("space", "Play, or stop playing", (c, event) => pressed(event) || c.play()),
    key("s", "Play at the next speed (" + SPEEDS.join("×, ") + "×)", (c) => c.faster()),
    key("l", "Back to the latest", (c) => c.go({ at: null })),
    key("j", "Select the next line", (c) => c.select(1)),
    key("k", "Select the line before", (c) => c.select(-1)),
    key("r", "Raw or canonical form of the selected event", (c) => c.toggleRaw()),
    key("+ / =", "Zoom into the timeline", (c) => c.zoom(0.5)),
    key("-", "Zoom out of the timeline", (c) => c.zoom(2)),
    key("b", "Begin a stretch of the timeline here; again: show it up to here", (c) => c.brush()),
    key("0", "Show all of the timeline", (c) => c.zoom(0)),
    key("f", "Follow what is new, or stop following", (c) => c.toggleFollow()),
    key("/", "Find in the events", (c) => c.find()),
    key("c", "Compare with…", (c) => c.compare()),
    key("y", "Copy link", (c) => c.copyLink()),
    key("Y", "Copy as curl", (c) => c.copyCurl()),
    key(".", "Actions of the run", (c) => c.openActions()),
    key("escape", "Close the selected event, or come back to the latest", (c) => c.back()),
  ];
}

/** Space belongs to what has the focus, if that can be pressed. */
function pressed(event) {
  const target = event?.target?.closest?.("button, summary, input[type=checkbox]");
  target?.click();
  return Boolean(target);
}
