// SPDX-License-Identifier: Apache-2.0
import { LIST } from "../live/hub.js";
import { openShared } from "../live/shared.js";
import { DAY_MS } from "./attention-state.js";
import { parseMetrics } from "../ui/prometheus.js";

const TICK_MS = 5_000;
const HEALTH_MS = 15_000;
const FEED_PAUSE_MS = 1_000;
const MOST = 200;
const OPEN = ["suspended", "running", "binding_session", "starting", "queued"];
const DENIALS = "policy.denied,policy.commitment.evaluated";

/**
 * Keeps the page of attention current. What goes on is read once per connection and then follows the
 * stream of changed runs; denials follow the feed of all events by its cursor, read again only when a
 * run has changed. Of the probes there is no stream: they are asked every 15 seconds while the page
 * is visible, and the page says when they were.
 */
export function watchAttention({ store, api, guard }) {
  const { dispatch } = store;
  let cursor = null;
  let feedTimer = 0;
  let closed = false;
  const feed = { type: DENIALS, limit: MOST, afterTs: new Date(Date.now() - DAY_MS).toISOString() };

  async function load() {
    dispatch({ type: "attention/loading" });
    const newest = { sortBy: "updatedAt", sortOrder: "desc" };
    try {
      const pages = await Promise.all([
        ...OPEN.map((status) => api.listRuns(MOST, 0, { status, ...newest })),
        api.listRuns(MOST, 0, { status: "failed", ...newest }),
        api.listRuns(MOST, 0, { status: "completed", ...newest }),
      ]);
      if (closed) return;
      const totals = Object.fromEntries(
        [...OPEN, "failed", "completed"].map((name, at) => [name, pages[at].total]),
      );
      dispatch({
        type: "attention/loaded",
        records: pages.flatMap((page) => page.data),
        totals,
        now: api.now(),
      });
    } catch (error) {
      guard(error);
      dispatch({ type: "attention/failed", error });
      return;
    }
    await follow();
  }

  /** Reads the feed up to its end. A cursor holds for the very filter that it came from. */
  async function follow() {
    for (let more = true; more && !closed;) {
      const page = await api.get("/events", { ...feed, cursor }).catch(() => null);
      if (page === null || closed) return;
      const denied = (one) => one.type === "policy.denied" || one.data?.decision === "deny";
      dispatch({ type: "attention/denials", events: page.data.filter(denied) });
      more = page.data.length === MOST && page.cursor !== cursor;
      cursor = page.cursor ?? cursor;
    }
  }

  function followSoon() {
    feedTimer = 0;
    follow();
  }

  async function askHealth() {
    if (document.visibilityState !== "visible") return;
    try {
      const [body, text] = await Promise.all([api.get("/readyz"), api.text("/metrics")]);
      dispatch({
        type: "attention/health",
        health: { phase: "ready", body, metrics: parseMetrics(text), at: Date.now(), error: null },
      });
    } catch (error) {
      dispatch({ type: "attention/health", health: { phase: "error", error } });
    }
  }

  const stream = openShared({
    topic: LIST,
    headers: api.headers,
    position: () => 0,
    onFrames(frames) {
      dispatch({ type: "live/frames", channel: "runs", at: Date.now() });
      const records = frames
        .filter((frame) => frame.event === "run")
        .map((f) => JSON.parse(f.data));
      if (records.length === 0) return;
      dispatch({ type: "runs/changed", records });
      dispatch({ type: "attention/tick", now: api.now() });
      feedTimer ||= setTimeout(followSoon, FEED_PAUSE_MS);
    },
    onPhase(phase, facts) {
      if (phase === "failed") guard(facts.error);
      dispatch({ type: "live/phase", channel: "runs", phase, ...facts });
      if (phase === "live") load();
    },
  });
  const tick = setInterval(() => dispatch({ type: "attention/tick", now: api.now() }), TICK_MS);
  const health = setInterval(askHealth, HEALTH_MS);
  askHealth();
  return {
    reload: load,
    close() {
      closed = true;
      clearInterval(tick);
      clearInterval(health);
      clearTimeout(feedTimer);
      stream.close();
      dispatch({ type: "attention/left" });
    },
  };
}
