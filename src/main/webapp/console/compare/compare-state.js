// SPDX-License-Identifier: Apache-2.0

/**
 * Two runs side by side, or one at two moments. A side is `{record, projection, events, total,
 * metrics, latest}`.
 */
export const COMPARE_NONE = Object.freeze({
  key: "",
  phase: "none",
  left: null,
  right: null,
  error: null,
});

export function reduceCompare(compare, action) {
  switch (action.type) {
    case "compare/opened":
      return {
        ...compare,
        key: action.key,
        phase: compare.left ? "again" : "loading",
        error: null,
      };
    case "compare/loaded":
      if (action.key !== compare.key) return compare;
      return { ...compare, phase: "ready", left: action.left, right: action.right };
    case "compare/failed":
      if (action.key !== compare.key) return compare;
      return { ...compare, phase: "error", error: action.error };
    case "compare/closed":
      return COMPARE_NONE;
    default:
      return compare;
  }
}
