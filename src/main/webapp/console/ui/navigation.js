// SPDX-License-Identifier: Apache-2.0
/** The pages that can be gone to, in groups. `routes` are the routes that belong to a page. */
export const NAVIGATION = [
  {
    title: "Runs",
    pages: [
      page("/", "Attention", "bell", ["attention"], "home start stuck failed waiting"),
      page("/runs", "Runs", "list", ["runs", "run", "compare"], "sessions search list"),
      page("/launch", "Launch", "play", ["launch"], "start create new run validate"),
    ],
  },
  {
    title: "Runtime",
    pages: [
      page("/agents", "Agents", "people", ["agents", "agent"], "participants"),
      page("/modes", "Modes", "layers", ["modes"], "runtime manifest registry"),
      page(
        "/policies",
        "Policies",
        "scale",
        ["policies", "policy"],
        "rules governance lint register",
      ),
    ],
  },
  {
    title: "Operate",
    pages: [
      page(
        "/webhooks",
        "Webhooks",
        "send",
        ["webhooks", "webhook"],
        "deliveries subscriptions secret",
      ),
      page(
        "/ops",
        "Operations",
        "pulse",
        ["operate"],
        "health streams breaker database metrics build",
      ),
      page("/audit", "Audit", "note", ["audit"], "who changed what log"),
    ],
  },
  {
    title: "Console",
    pages: [
      page("/settings", "Settings", "gear", ["settings"], "theme density time zone api keys"),
      page("/help", "Help", "question", ["help"], "shortcuts glossary problem codes"),
    ],
  },
];

function page(path, label, icon, routes, words) {
  return { path, label, icon, routes, words };
}
