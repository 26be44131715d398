// SPDX-License-Identifier: Apache-2.0
// Before the first paint: the theme and density that were chosen, so that no page flashes.
try {
  const prefs = JSON.parse(localStorage.getItem("macp.prefs") ?? "{}");
  document.documentElement.dataset.theme = prefs.theme ?? "auto";
  document.documentElement.dataset.density = prefs.density ?? "comfortable";
} catch {
  document.documentElement.dataset.theme = "auto";
}
