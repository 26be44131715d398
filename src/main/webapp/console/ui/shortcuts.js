// SPDX-License-Identifier: Apache-2.0
const SEQUENCE_MS = 1_200;

/** Scopes in the order in which the table of shortcuts shows them; "all" works on every page. */
export const SCOPES = new Map([
  ["all", "Everywhere"],
  ["list", "Lists"],
  ["runs", "Runs"],
  ["run", "One run"],
  ["compare", "Compare"],
]);

const registered = [];

/**
 * Adds shortcuts. They work while `scope` is the page that is shown ("all" for every page), and the
 * table behind `?` and on the help page is made of the same list, so that neither can lie.
 *
 * @param {{keys: string, label: string, scope?: string, run: (event: KeyboardEvent) => void}[]} list
 *     `keys` is one key ("f", "?", "["), a sequence ("g r") or a chord ("mod+k", mod being Ctrl or ⌘);
 *     keys that do the same are separated by " / "
 * @returns {() => void} takes them out again
 */
export function registerShortcuts(list) {
  const added = list.map((one) => ({ scope: "all", ...one }));
  registered.push(...added);
  return () => {
    for (const one of added) registered.splice(registered.indexOf(one), 1);
  };
}

/** What is registered, for the table. */
export function allShortcuts() {
  return [...registered];
}

/** The shortcuts by scope, scopes in their order, for people. */
export function shortcutTable(shortcuts = registered) {
  const known = [...SCOPES.keys()];
  const scopes = [...new Set([...known, ...shortcuts.map((one) => one.scope)])];
  return scopes
    .map((scope) => ({
      scope,
      title: SCOPES.get(scope) ?? scope.charAt(0).toUpperCase() + scope.slice(1),
      rows: shortcuts.filter((one) => one.scope === scope),
    }))
    .filter((group) => group.rows.length > 0);
}

/** What a key event is called in `keys`. */
export function keyName(event) {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const key =
    event.key === " " ? "space" : event.key.length > 1 ? event.key.toLowerCase() : event.key;
  return mod + (mod ? key.toLowerCase() : key);
}

/**
 * Pure: which shortcut a key completes; those of the page go before those of all. `before` is the waiting first key of a sequence.
 *
 * @returns {{found: object|null, waiting: string}}
 */
export function matchKey(shortcuts, scope, before, key) {
  const own = shortcuts.filter((one) => one.scope === scope);
  const active = own.concat(
    shortcuts.filter((one) => one.scope !== scope && (one.scope === "all" || one.when?.())),
  );
  const wanted = before ? before + " " + key : key;
  const found = active.find((one) => one.keys.split(" / ").includes(wanted));
  if (found) return { found, waiting: "" };
  const begins = active.some((one) => one.keys.split(" / ").some((k) => k.startsWith(key + " ")));
  if (before) return matchKey(shortcuts, scope, "", key);
  return { found: null, waiting: begins ? key : "" };
}

/** Whether a key belongs to what has the focus: fields take letters, chords stay ours. */
function isTyping(target) {
  return Boolean(
    target?.closest?.(
      "input:not([type=checkbox],[type=range],[type=radio]), textarea, select, [contenteditable]",
    ),
  );
}

/**
 * Listens to the keyboard of the page.
 *
 * @param {{scope: () => string, singleKeys: () => boolean}} parts `singleKeys` may switch off all that
 *     need no modifier (WCAG 2.1.4)
 */
export function listenToKeys({ scope, singleKeys }) {
  let waiting = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (
      event.defaultPrevented ||
      event.altKey ||
      ["Shift", "Control", "Meta", "Alt"].includes(event.key)
    )
      return;
    const key = keyName(event);
    const chord = key.startsWith("mod+");
    if (!chord && (isTyping(event.target) || !singleKeys())) return;
    if (document.querySelector("dialog[open]") && !chord) return;
    const step = matchKey(registered, scope(), waiting, key);
    clearTimeout(timer);
    waiting = step.waiting;
    if (waiting) timer = setTimeout(() => (waiting = ""), SEQUENCE_MS);
    if (!step.found) return;
    event.preventDefault();
    step.found.run(event);
  });
}

/** "mod+k" as people of this machine read it. */
export function keyCaps(keys, mac = isMac()) {
  return keys.split(" / ").map((alternative) =>
    alternative.split(" ").map((key) =>
      key
        .replace("mod+", mac ? "⌘ " : "Ctrl ")
        .replace("escape", "Esc")
        .replace("enter", "Enter")
        .replace("space", "Space")
        .replace(/^Ctrl ([a-z])$|^⌘ ([a-z])$/, (all) => all.toUpperCase().replace("CTRL", "Ctrl")),
    ),
  );
}

function isMac() {
  return /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");
}
