// SPDX-License-Identifier: Apache-2.0
const QUIET_MS = 10_000;

/**
 * Speaks to screen readers, at most once in ten seconds; what comes in between is replaced by the
 * newest summary. Facts that end something are spoken at once.
 *
 * @param {HTMLElement} region a polite live region
 */
export function createAnnouncer(region) {
  let nextAt = 0;
  let timer = 0;
  let waiting = "";
  function speak() {
    timer = 0;
    nextAt = performance.now() + QUIET_MS;
    region.textContent = waiting;
  }
  return {
    polite(text) {
      if (!text || text === waiting) return;
      waiting = text;
      if (!timer) timer = setTimeout(speak, Math.max(0, nextAt - performance.now()));
    },
    now(text) {
      clearTimeout(timer);
      waiting = text;
      speak();
    },
  };
}
