// SPDX-License-Identifier: Apache-2.0
import { openStream } from "../live/stream.js";
import { DECISIVE_TYPES } from "./events.js";
import { behind, latestSeq, statusOf, WINDOW } from "./run-state.js";

const PAGE = 1_000;
const CATCH_UP_MS = 2_000;

/**
 * Loads one run and keeps its page current. Order matters: the record and the read model first, then
 * the newest window of events, then the stream from the last sequence of that window, so that
 * nothing between them is missed or shown twice.
 *
 * @returns {{reload(): void, earlier(): void, close(): void}}
 */
export function watchRun({ store, api, guard }, id) {
  let stream = null;
  let closed = false;
  let catchUpTimer = 0;
  let policyAsked = "";
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
    await loadNewest();
    if (!closed) connect();
  }

  async function loadNewest() {
    const afterSeq = Math.max(0, latestSeq(run().projection) - WINDOW);
    await loadEvents({ afterSeq, limit: PAGE }, afterSeq > 0);
    if (afterSeq > 0) await loadDecisive(afterSeq);
  }

  async function loadEvents(filter, hasEarlier) {
    try {
      const events = await api.runEvents(id, filter);
      dispatch({ type: "run/events", events, hasEarlier });
      return events;
    } catch (error) {
      guard(error);
      dispatch({ type: "run/eventsFailed", error });
      return null;
    }
  }

  /** A decision is explained from its first proposal on, however far back the window begins. */
  async function loadDecisive(beforeSeq) {
    const type = DECISIVE_TYPES.join(",");
    for (let afterSeq = 0; afterSeq < beforeSeq && !closed;) {
      const events = await api.runEvents(id, { type, afterSeq, limit: PAGE }).catch(() => []);
      dispatch({ type: "run/decisive", events: events.filter((event) => event.seq <= beforeSeq) });
      if (events.length < PAGE) return;
      afterSeq = events.at(-1).seq;
    }
  }

  async function earlier() {
    const first = run().events[0]?.seq ?? 1;
    const afterSeq = Math.max(0, first - 1 - WINDOW);
    dispatch({ type: "run/earlier" });
    await loadEvents({ afterSeq, limit: Math.min(PAGE, first - 1 - afterSeq) || 1 }, afterSeq > 0);
  }

  function connect() {
    stream = openStream({
      url: "/runs/" + encodeURIComponent(id) + "/stream?includeSnapshot=true&frames=extended",
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
    if (read("reset").length > 0) loadNewest();
    const end = read("end").at(-1);
    if (end) finish(end.seq);
    else afterChange(snapshot);
  }

  function afterChange(snapshot) {
    if (snapshot && statusOf(run()) !== run().record.status) refreshRecord();
    askForPolicy();
    if (behind(run()) > 0 && !catchUpTimer) catchUpTimer = setTimeout(catchUp, CATCH_UP_MS);
  }

  /** The read model may know of events that the stream had no reason to send again. */
  async function catchUp() {
    catchUpTimer = 0;
    const target = latestSeq(run().projection);
    if (closed || run().lastSeq >= target) return;
    const events = await loadEvents({ afterSeq: run().lastSeq, limit: PAGE });
    if (events === null) return;
    if (events.length === 0) dispatch({ type: "run/verified", seq: target });
    else if (behind(run()) > 0) catchUp();
  }

  /** "Ended" is said only when this page holds the log up to the sequence that the server named. */
  async function finish(seq) {
    stream.close();
    while (!closed && run().lastSeq < seq) {
      const events = await loadEvents({ afterSeq: run().lastSeq, limit: PAGE });
      if (events === null) return;
      if (events.length === 0) dispatch({ type: "run/verified", seq });
    }
    await refreshRecord();
    dispatch({ type: "run/ended", seq });
  }

  async function refreshRecord() {
    try {
      dispatch({ type: "run/record", record: await api.run(id) });
    } catch (error) {
      guard(error);
    }
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
    earlier,
    close() {
      closed = true;
      clearTimeout(catchUpTimer);
      stream?.close();
    },
  };
}
