// SPDX-License-Identifier: Apache-2.0
import { runPath } from "../router.js";
import { readAddress, search } from "./address.js";
import { createDeeds } from "./deeds.js";
import { createFollower } from "./follow.js";
import { createLogReader } from "./log-reader.js";
import { neighbour, rowOf } from "./log-window.js";
import { turns } from "./kinds.js";
import { createParts } from "./parts.js";
import { createPast } from "./past.js";
import { createPlayer } from "./player.js";
import { watchRun } from "./run-live.js";
import { isTerminal, latestSeq, statusOf } from "./run-state.js";
import { nextMark, SPEEDS } from "./scrub.js";
import { aroundSelected, pan, zoom } from "./timeline.js";

const LIVE_REFRESH_MS = 2_000;

/** Rows that are scrolled before the log is rendered anew; more than these are always there. */
const SCROLL_STEP = 6;

/** A decision is explained from so many contributions; counts beyond them are the server's. */
const MOST_WEIGHED = 3_000;

/** Of these statuses one wants to know why. */
const TELLING = new Set(["queued", "starting", "binding_session", "suspended", "failed"]);

/**
 * Everything that the run page does. The address is the truth for what is looked at (tab, moment,
 * selection, filter); `shown` runs after each rendering and asks for what that needs.
 */
export function runControl(ctx, id) {
  const { store, api, guard } = ctx;
  const run = () => store.state.run;
  const dispatch = (action) => store.dispatch({ ...action, id });
  const base = { run, dispatch, guard, api, id };
  const address = () => readAddress(store.state.route.query ?? {});
  const path = runPath(id);
  const watch = watchRun(ctx, id);
  const parts = createParts(base);
  const past = createPast(base);
  const reader = createLogReader(base);
  const follower = createFollower({ run, dispatch });
  const go = (changes) => ctx.replace(path + search(address(), changes));
  const player = createPlayer({ run, dispatch, address, go });

  function sync() {
    const { phase, projection } = run();
    if (phase !== "ready") return;
    const now = address();
    past.need(now.at !== null && now.at < latestSeq(projection) ? now.at : null);
    if (now.sel !== null) {
      parts.need("event", String(now.sel), () => api.get(path + "/events/" + now.sel));
    }
    NEEDS[now.tab]?.(now);
    if (now.at === null && TELLING.has(run().record.status)) {
      parts.need("diagnosis", run().record.status, () => api.get(path + "/diagnosis"));
    }
  }

  /** A live run changes all the time: pictures of it are drawn anew every two seconds at most. */
  const version = () => (run().endSeq === null ? run().lastSeq : run().endSeq);
  const NEEDS = {
    timeline({ range }) {
      const [fromSeq, toSeq] = range ?? [];
      parts.need(
        "lanes",
        version() + "|" + (range ?? ""),
        () => api.get(path + "/lanes", { fromSeq, toSeq }),
        run().parts.lanes?.key.endsWith("|" + (range ?? "")) ? LIVE_REFRESH_MS : 0,
      );
    },
    events(now) {
      reader.open(now);
      const { first, size } = follower.viewport();
      reader.look(first, size, now);
    },
    graph({ view, at }) {
      const seq = run().past.seq === null ? undefined : at;
      const moves = seq === undefined && run().parts.graph?.key.startsWith(view + "|live");
      parts.need(
        "graph",
        [view, seq ?? "live", version()].join("|"),
        () => api.get(path + "/graph", { view, seq }),
        moves ? LIVE_REFRESH_MS : 0,
      );
    },
    decision() {
      if (run().story.phase === "partial" && run().story.events.length < MOST_WEIGHED)
        watch.tellMore(1_000);
      parts.need("policies", "all", () => api.get("/runtime/policies"));
    },
    data() {
      const of = (name) => api.get(path + name);
      const load = async () => {
        const [metrics, artifacts, trace] = await Promise.all(
          ["/metrics", "/artifacts", "/traces"].map(of),
        );
        return { metrics, artifacts, trace };
      };
      parts.need("data", String(version()), load, LIVE_REFRESH_MS);
    },
    deliveries() {
      parts.need("deliveries", String(run().endSeq ?? run().record.status), deliveriesOf);
    },
  };

  async function deliveriesOf() {
    const hooks = await api.get("/webhooks");
    const told = await Promise.all(
      hooks.map(async (hook) => {
        const page = await api.get("/webhooks/" + hook.id + "/deliveries", {
          runId: id,
          limit: 50,
        });
        return page.data.map((delivery) => ({ ...delivery, url: hook.url }));
      }),
    );
    return {
      hooks: hooks.length,
      rows: told.flat().sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    };
  }

  let stretchFrom = null;
  const at = () => address().at ?? latestSeq(run().projection);
  const control = {
    address,
    go,
    href: (changes) => search(address(), changes),
    dispatch,
    parts,
    follower,
    reload: () => watch.reload(),
    readAgain: () => reader.again(),
    onQuery() {
      player.interrupted();
    },
    shown() {
      sync();
      follower.afterRender(address());
    },
    scrolled(event) {
      follower.scrolled(event.target);
      const { first, size } = follower.viewport();
      if (address().tab !== "events") return;
      dispatch({ type: "log/scrolled", row: first - (first % SCROLL_STEP) });
      reader.look(first, size, address());
    },
    zoom(factor) {
      if (address().tab !== "timeline") return;
      const latest = latestSeq(run().projection);
      const around = factor < 1 ? aroundSelected(address(), latest) : address().range;
      go({ range: factor === 0 ? null : zoom(around, latest, factor) });
    },
    brushed: (range) => go({ range }),
    /** The brush without a mouse: its two ends are events that are selected one after the other. */
    brush() {
      const seq = address().sel ?? at();
      const begin = stretchFrom;
      stretchFrom = begin === null ? seq : null;
      if (begin === null)
        ctx.notify("The stretch begins at seq " + seq + ". Select its end and press b.");
      else if (begin !== seq)
        go({ tab: "timeline", range: [Math.min(begin, seq), Math.max(begin, seq)] });
    },
    pan(share) {
      go({ range: pan(address().range, latestSeq(run().projection), share) });
    },
    tellMore: (limit) => watch.tellMore(limit),
    scrub: (seq) => player.scrub(seq),
    step(by) {
      const events = run().story.events.length ? run().story.events : run().recent;
      const known = run().log && !run().log.exact ? neighbour(run().log, at(), by) : null;
      const next = known ?? nextMark(events, at(), by);
      if (next) go({ at: next.seq >= latestSeq(run().projection) ? null : next.seq });
    },
    turn(by) {
      const next = nextMark(run().story.events.filter(turns), at(), by);
      if (next) go({ at: next.seq >= latestSeq(run().projection) ? null : next.seq });
    },
    play: () => player.toggle(),
    faster() {
      const next = SPEEDS[(SPEEDS.indexOf(run().playing.speed) + 1) % SPEEDS.length];
      dispatch({ type: "run/playing", playing: { speed: next } });
    },
    setSpeed: (speed) => dispatch({ type: "run/playing", playing: { speed } }),
    select(by) {
      const { sel, tab } = address();
      const { log, story } = run();
      const from = sel ?? (by > 0 ? 0 : Infinity);
      const next =
        tab === "events" && log ? neighbour(log, from, by) : nextMark(story.events, from, by);
      if (!next) return;
      go({ sel: next.seq });
      if (tab === "events") follower.reveal(rowOf(run().log, next.seq));
    },
    toggleRaw: () =>
      dispatch({ type: "run/part", name: "raw", part: { body: !run().parts.raw?.body } }),
    toggleFollow() {
      follower.follow(!run().following);
    },
    find() {
      go({ tab: "events" });
      requestAnimationFrame(() => document.getElementById("find")?.focus());
    },
    back() {
      if (address().sel !== null) go({ sel: null });
      else go({ at: null });
    },
    isOver: () => isTerminal(statusOf({ ...run(), past: {} })),
    close() {
      player.close();
      past.close();
      parts.close();
      reader.close();
      watch.close();
    },
  };
  return Object.assign(control, createDeeds(ctx, { ...base, watch, parts, address, path }));
}
