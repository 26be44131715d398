// SPDX-License-Identifier: Apache-2.0
import { runPath } from "../router.js";

/** Asks once which scenarios there are; a server without a demo answers 404 and the control stays away. */
export async function findDemo({ store, api }) {
  if (store.state.demo.phase !== "unknown") return;
  try {
    const scenarios = await api.demoScenarios();
    store.dispatch({
      type: "demo/available",
      scenarios: Array.isArray(scenarios) ? scenarios : [],
    });
  } catch (error) {
    if (error.status === 404) store.dispatch({ type: "demo/hidden" });
  }
}

/** Starts a scenario and shows its run. */
export async function startDemo({ store, api, go, guard }, id) {
  if (store.state.demo.starting !== null) return;
  store.dispatch({ type: "demo/starting", id });
  try {
    const { runId } = await api.startDemo(id);
    store.dispatch({ type: "demo/started" });
    go(runPath(runId));
  } catch (error) {
    guard(error);
    store.dispatch({ type: "demo/failed", error });
  }
}
