// SPDX-License-Identifier: Apache-2.0

/** Pure: what the query of a comparison says. `sel` is the row that is looked at, as `left-right`. */
export function readCompare(query) {
  return {
    leftAt: sequence(query.leftAt),
    rightAt: sequence(query.rightAt),
    by: query.by === "time" ? "time" : "type",
    only: query.only === "differences" ? "differences" : "",
    sel: /^[0-9]*-[0-9]*$/.test(query.sel ?? "") ? query.sel : null,
  };
}

function sequence(text) {
  return /^[1-9][0-9]{0,9}$/.test(text ?? "") ? Number(text) : null;
}

export function searchOf({ leftAt, rightAt, by, only, sel }) {
  const given = Object.entries({
    leftAt: leftAt ?? "",
    rightAt: rightAt ?? "",
    by: by === "time" ? "time" : "",
    only,
    sel: sel ?? "",
  }).filter(([, value]) => value !== "");
  return "?" + new URLSearchParams(given);
}
