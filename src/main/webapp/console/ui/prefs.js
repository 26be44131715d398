// SPDX-License-Identifier: Apache-2.0
const NAME = "macp.prefs";

/** How this browser likes to see the console. Every value is one of its list; the first is usual. */
export const CHOICES = Object.freeze({
  theme: ["auto", "light", "dark"],
  density: ["comfortable", "compact"],
  zone: ["local", "utc"],
  times: ["relative", "absolute"],
  singleKeys: ["on", "off"],
});

export const USUAL = Object.freeze(
  Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values[0]])),
);

/** Pure: whatever was stored, as preferences that are all known. */
export function readPrefs(text) {
  const stored = parse(text);
  return Object.fromEntries(
    Object.entries(CHOICES).map(([name, values]) => [
      name,
      values.includes(stored[name]) ? stored[name] : values[0],
    ]),
  );
}

function parse(text) {
  try {
    const value = JSON.parse(text ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** The value after this one, for switches that go round. */
export function nextChoice(name, value) {
  const values = CHOICES[name];
  return values[(values.indexOf(value) + 1) % values.length];
}

export function reducePrefs(prefs, action) {
  if (action.type !== "prefs/set" || !CHOICES[action.name]?.includes(action.value)) return prefs;
  if (prefs[action.name] === action.value) return prefs;
  return { ...prefs, [action.name]: action.value };
}

export function loadPrefs() {
  try {
    return readPrefs(localStorage.getItem(NAME));
  } catch {
    return { ...USUAL };
  }
}

/** Keeps the preferences and shows them: the style sheets read the attributes of the document. */
export function applyPrefs(prefs) {
  const { dataset } = document.documentElement;
  dataset.theme = prefs.theme;
  dataset.density = prefs.density;
  try {
    localStorage.setItem(NAME, JSON.stringify(prefs));
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}
