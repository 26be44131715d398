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

  /**
   * Loads a part unless it is there or on its way. A key that changes quickly is asked for when it
   * rests; with `everyMs` the changes are of the same thing, which is asked for once in that time,
   * however often it changes; an answer is then welcome also when a newer one is wanted already.
   */
  function need(name, key, load, everyMs = 0) {
    const before = wanted.get(name);
    if (before?.key === key) return;
    if (before?.waits && everyMs > 0) {
      before.key = key;
      return;
    }
    clearTimeout(before?.timer);
    if (before && everyMs > 0) before.welcome = true;
    const mine = { key, timer: 0, waits: true, welcome: false };
    wanted.set(name, mine);
    const known = run().parts[name];
    const put = (part) => {
      if (wanted.get(name) !== mine && !mine.welcome) return;
      dispatch({ type: "run/part", name, part: { key: mine.key, error: null, ...part } });
    };
    const begin = () => {
      mine.waits = false;
      load().then(
        (body) => put({ phase: "ready", body }),
        (error) => {
          guard(error);
          put({ phase: "error", body: known?.body ?? null, error });
        },
      );
    };
    if (!known) put({ phase: "loading", body: null });
    mine.timer = setTimeout(begin, known ? Math.max(everyMs, SETTLE_MS) : 0);
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
