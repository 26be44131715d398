// SPDX-License-Identifier: Apache-2.0

/**
 * Demo scenarios. `phase`: unknown until the server answered, then available, or hidden when it has
 * no demo (an external runtime). `starting` is the id of the scenario being started.
 */
export const DEMO_UNKNOWN = Object.freeze({
  phase: "unknown",
  scenarios: [],
  open: false,
  starting: null,
  error: null,
});

export function reduceDemo(demo, action) {
  switch (action.type) {
    case "demo/available":
      return {
        ...demo,
        phase: action.scenarios.length ? "available" : "hidden",
        scenarios: action.scenarios,
      };
    case "demo/hidden":
      return { ...demo, phase: "hidden" };
    case "demo/opened":
      return { ...demo, open: true, error: null };
    case "demo/closed":
      return { ...demo, open: false, error: null };
    case "demo/starting":
      return { ...demo, starting: action.id, error: null };
    case "demo/started":
      return { ...demo, starting: null, open: false };
    case "demo/failed":
      return { ...demo, starting: null, error: action.error };
    default:
      return demo;
  }
}
