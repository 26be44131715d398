// SPDX-License-Identifier: Apache-2.0
import { openShared } from "../live/shared.js";
import { STORY_TYPES } from "./kinds.js";
import { behind, isTerminal, latestSeq, statusOf } from "./run-state.js";

const PAGE = 1_000;
const FIRST_LINES = 200;
const CATCH_UP_MS = 1_500;

/** The types of which a run has few, and without which it cannot be understood. */
const OFTEN = ["proposal.updated"];
const RARE_TYPES = STORY_TYPES.filter((type) => !OFTEN.includes(type));

/**
 * Loads one run and keeps it current. Order matters: the record and the read model first, which give
 * the position, then the stream from that position on, so that nothing between is missed or shown
 * twice. What is told of the time before comes from the log, by type.
 *
 * @returns {{reload(): void, refresh(): Promise<void>, tellMore(limit?: number): Promise<void>,
 *     close(): void}}
 */
export function watchRun({ store, api, guard }, id) {
  let stream = null;
  let closed = false;
  let catchUpTimer = 0;
  let policyAsked = "";
  let reading = false;
  let telling = false;
  const run = () => store.state.run;
  const dispatch = (action) => {
    if (!closed) store.dispatch({ ...action, id });
  };

  async function open() {
    dispatch({ type: "run/opened" });
    try {
      const [record, state] = await Promise.all([api.run(id), api.runState(id)]);
      dispatch({ type: "run/loaded", record, state });
    } catch (error) {
      guard(error);
      dispatch({ type: "run/failed", error });
      return;
    }
    askForPolicy();
    if (!closed) follow();
    await loadStory();
  }

  /** A run that has ended, and that this page knows to its end, needs no connection. */
  function follow() {
    const { record, projection } = run();
    if (isTerminal(record.status) && latestSeq(projection) >= record.lastEventSeq) {
      dispatch({ type: "run/ended", seq: latestSeq(projection) });
    } else {
      connect();
    }
  }

  /** What a run turned on first, which is little; then what was said, of which there may be much. */
  async function loadStory() {
    dispatch({ type: "run/story", phase: "loading" });
    const rare = await readStory(RARE_TYPES, 0, PAGE);
    if (rare) dispatch({ type: "run/story", phase: "loading", events: rare.data });
    if (rare) await tellMore();
  }

  /** The next lines of a long story. */
  async function tellMore(limit = FIRST_LINES) {
    if (telling) return;
    telling = true;
    const { toldTo, total } = run().story;
    const page = await readStory(OFTEN, toldTo, limit);
    telling = false;
    if (!page) return;
    const whole = page.data.length < limit;
    dispatch({
      type: "run/story",
      phase: whole ? "ready" : "partial",
      events: page.data,
      toldTo: whole ? Infinity : page.data.at(-1).seq,
      total: toldTo === 0 ? run().story.events.length + page.total : total,
    });
  }

  async function readStory(types, afterSeq, limit) {
    try {
      const type = types.join(",");
      const path = "/runs/" + encodeURIComponent(id) + "/events";
      return await api.get(path, { type, afterSeq: afterSeq || undefined, limit });
    } catch (error) {
      guard(error);
      dispatch({ type: "run/story", phase: "error", error });
      return null;
    }
  }

  function connect() {
    stream = openShared({
      topic: id,
      headers: api.headers,
      position: () => run().lastSeq,
      onFrames,
      onPhase(phase, facts) {
        if (phase === "failed") guard(facts.error);
        dispatch({ type: "live/phase", channel: "run", phase, ...facts });
      },
    });
  }

  function onFrames(frames) {
    const read = (name) =>
      frames.filter((frame) => frame.event === name).map((f) => JSON.parse(f.data));
    const snapshot = read("snapshot").at(-1) ?? null;
    dispatch({
      type: "live/frames",
      channel: "run",
      at: Date.now(),
      snapshot,
      events: read("canonical_event"),
    });
    if (read("reset").length > 0) readToEnd();
    const end = read("end").at(-1);
    if (end) finish(end.seq);
    else afterChange(snapshot);
  }

  function afterChange(snapshot) {
    if (snapshot && statusOf({ ...run(), past: {} }) !== run().record.status) refreshRecord();
    askForPolicy();
    if (behind(run()) > 0 && !catchUpTimer) catchUpTimer = setTimeout(catchUp, CATCH_UP_MS);
  }

  /** The read model may know of events that the stream had no reason to send again. */
  async function catchUp() {
    clearTimeout(catchUpTimer);
    catchUpTimer = 0;
    const target = latestSeq(run().projection);
    if (closed || run().lastSeq >= target) return;
    const before = run().lastSeq;
    if ((await readAfter()) === null) return;
    if (run().lastSeq === before) dispatch({ type: "run/verified", seq: target });
    else if (behind(run()) > 0) catchUp();
  }

  /** Reads what this tab was not told, once at a time. */
  async function readToEnd() {
    if (reading) return;
    reading = true;
    let events = await readAfter();
    while (!closed && events?.length === PAGE) events = await readAfter();
    reading = false;
  }

  async function readAfter() {
    try {
      const events = await api.runEvents(id, { afterSeq: run().lastSeq, limit: PAGE });
      dispatch({ type: "run/events", events });
      return events;
    } catch (error) {
      guard(error);
      return null;
    }
  }

  /** "Ended" is said only when this page knows the log up to the sequence that the server named. */
  async function finish(seq) {
    stream.close();
    while (!closed && run().lastSeq < seq) {
      const before = run().lastSeq;
      if ((await readAfter()) === null) return;
      if (run().lastSeq === before) dispatch({ type: "run/verified", seq });
    }
    await refresh();
    dispatch({ type: "run/ended", seq });
  }

  async function refreshRecord() {
    try {
      dispatch({ type: "run/record", record: await api.run(id) });
    } catch (error) {
      guard(error);
    }
  }

  /** Record and read model anew, after something was done to the run. */
  async function refresh() {
    await refreshRecord();
    const snapshot = await api.runState(id).catch(() => null);
    if (snapshot)
      dispatch({ type: "live/frames", channel: "run", at: Date.now(), snapshot, events: [] });
    await catchUp();
  }

  async function askForPolicy() {
    const policyId = run().projection?.policy?.policyVersion ?? "";
    if (!policyId || policyId === policyAsked) return;
    policyAsked = policyId;
    const policy = await api.policy(policyId).then(
      (body) => ({ phase: "ready", id: policyId, body }),
      () => ({ phase: "unknown", id: policyId, body: null }),
    );
    dispatch({ type: "run/policy", policy });
  }

  open();
  return {
    reload() {
      stream?.close();
      policyAsked = "";
      open();
    },
    refresh,
    tellMore,
    close() {
      closed = true;
      clearTimeout(catchUpTimer);
      stream?.close();
    },
  };
}
