// SPDX-License-Identifier: Apache-2.0

/** An amount of US dollars with as many digits as tell something. */
export function dollars(amount) {
  if (!Number.isFinite(amount)) return "–";
  if (amount === 0) return "$0";
  return "$" + amount.toFixed(amount >= 1 ? 2 : 4);
}

/** Pure: "+12 %" and the like; nothing to say where there was nothing before. */
export function change(before, after) {
  if (!Number.isFinite(before) || !Number.isFinite(after) || before === after) return "";
  if (before === 0) return "";
  const share = Math.round(((after - before) / Math.abs(before)) * 100);
  if (share === 0) return "";
  return (share > 0 ? "+" : "−") + Math.abs(share) + " %";
}
