// SPDX-License-Identifier: Apache-2.0
const SETTLE_MS = 120;

/**
 * What single tabs show beside the run itself, asked for when a tab is looked at and not before. A
 * part is `{key, phase, body, error}`; while the answer for a new key is on its way, the body of the
 * old one stays.
 *
 * @param {{run: () => object, dispatch: (action: object) => void, guard: (error: Error) => void}} ctx
 */
export function createParts({ run, dispatch, guard }) {
  const wanted = new Map();

  /** Loads a part unless it is there or on its way; a key that changes quickly is asked for once. */
  function need(name, key, load, settleMs = 0) {
    if (wanted.get(name)?.key === key) return;
    const before = wanted.get(name);
    clearTimeout(before?.timer);
    const mine = { key, timer: 0 };
    wanted.set(name, mine);
    const known = run().parts[name];
    const put = (part) => {
      if (wanted.get(name) !== mine) return;
      dispatch({ type: "run/part", name, part: { key, error: null, ...part } });
    };
    const begin = () =>
      load().then(
        (body) => put({ phase: "ready", body }),
        (error) => {
          guard(error);
          put({ phase: "error", body: known?.body ?? null, error });
        },
      );
    if (!known) put({ phase: "loading", body: null });
    mine.timer = setTimeout(begin, known ? Math.max(settleMs, SETTLE_MS) : 0);
  }
  return {
    need,
    again(name) {
      wanted.delete(name);
    },
    close() {
      for (const { timer } of wanted.values()) clearTimeout(timer);
      wanted.clear();
    },
  };
}
