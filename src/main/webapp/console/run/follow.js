// SPDX-License-Identifier: Apache-2.0
const NEAR_PX = 24;

/** True when the log shows its end, or is not a scroll box at all (narrow screens). */
export function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
}

/** After a render: the end stays in view while following, and nothing moves otherwise. */
export function keepFollowing(run) {
  const log = document.getElementById("timeline-log");
  if (log && run.following && !isAtEnd(log)) log.scrollTop = log.scrollHeight;
}
