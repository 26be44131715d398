// SPDX-License-Identifier: Apache-2.0
/**
 * Things that a page asks the server for and shows as they are: the list of modes, one webhook, a page
 * of the audit log. Each has a name, a phase (idle, loading, ready, error), and what came last stays
 * shown while it is asked for again.
 */
export const RESOURCE_NONE = Object.freeze({ phase: "idle", data: null, error: null, at: null });

export function reduceResources(resources, action) {
  const before = resources[action.name] ?? RESOURCE_NONE;
  const put = (next) => ({ ...resources, [action.name]: next });
  switch (action.type) {
    case "resource/loading":
      return put({ ...before, phase: before.data === null ? "loading" : "ready" });
    case "resource/loaded":
      return put({ phase: "ready", data: action.data, error: null, at: action.at });
    case "resource/failed":
      return put({
        ...before,
        phase: before.data === null ? "error" : "ready",
        error: action.error,
      });
    case "resource/forgotten":
      return put(RESOURCE_NONE);
    default:
      return resources;
  }
}

export function resourceOf(state, name) {
  return state.resources[name] ?? RESOURCE_NONE;
}

/**
 * Asks for a resource and keeps the answer under its name. A later question overtakes an earlier one.
 *
 * @param {{store: object, guard: (error: Error) => void}} ctx
 * @param {string} name
 * @param {() => Promise<object>} ask
 */
export async function load({ store, guard }, name, ask) {
  const turn = (turns.get(name) ?? 0) + 1;
  turns.set(name, turn);
  store.dispatch({ type: "resource/loading", name });
  try {
    const data = await ask();
    if (turns.get(name) === turn)
      store.dispatch({ type: "resource/loaded", name, data, at: Date.now() });
    return data;
  } catch (error) {
    guard(error);
    if (turns.get(name) === turn) store.dispatch({ type: "resource/failed", name, error });
    return null;
  }
}

const turns = new Map();

/** What a page remembers of its own forms and switches: `form/set` with a patch, by name. */
export function reduceForms(forms, action) {
  if (action.type === "form/set")
    return { ...forms, [action.name]: { ...forms[action.name], ...action.patch } };
  if (action.type === "form/forgotten") {
    const { [action.name]: gone, ...rest } = forms;
    return gone === undefined ? forms : rest;
  }
  return forms;
}
