// SPDX-License-Identifier: Apache-2.0
import { openStream } from "./stream.js";

/** The topic of the list of runs; every other topic is the id of a run. */
export const LIST = "";
const GATHER_MS = 40;
const FORGET_AFTER_MS = 150_000;

/**
 * One connection for everybody in this browser who calls with the same key, whatever each of them
 * watches. Each member gets the frames of its own topic after its own position, once.
 */
export function createHub({ open = openStream, now = () => performance.now() } = {}) {
  const groups = new Map();
  return {
    /**
     * @param {{topic: string, position: number, headers: object}} wish
     * @param {(told: {frames?: object[], phase?: string, facts?: object}) => void} tell
     * @returns {{stay(): void, wake(): void, leave(): void}}
     */
    join({ topic, position, headers }, tell) {
      const key = JSON.stringify(headers);
      if (!groups.has(key))
        groups.set(
          key,
          createGroup(headers, open, now, () => groups.delete(key)),
        );
      return groups.get(key).join({ topic, at: position, tell, heardAt: now() });
    },
  };
}

function createGroup(headers, open, now, onEmpty) {
  const members = new Set();
  let streamed = new Map();
  let stream = null;
  let phase = null;
  let gathering = 0;

  /** Each topic from where the one begins that knows least of it. */
  function target() {
    streamed = new Map();
    for (const { topic, at } of members) {
      streamed.set(topic, Math.min(at, streamed.get(topic) ?? Infinity));
    }
    const { url, resume } = addressOf([...streamed]);
    return { url, headers: resume > 0 ? { ...headers, "Last-Event-ID": String(resume) } : headers };
  }
  function onFrames(frames) {
    const byTopic = sortFrames(frames, [...streamed.keys()]);
    for (const [topic, own] of byTopic) {
      streamed.set(
        topic,
        own.reduce((last, { seq }) => Math.max(last, seq), streamed.get(topic)),
      );
    }
    for (const member of [...members]) {
      const own = byTopic.get(member.topic) ?? [];
      const fresh = own.filter(({ frame, seq }) => isFresh(frame, seq, member.at));
      member.at = own.reduce((last, { seq }) => Math.max(last, seq), member.at);
      if (fresh.length > 0)
        tellFrames(
          member,
          fresh.map(({ frame }) => frame),
        );
    }
  }
  function onPhase(word, facts) {
    phase = { phase: word, facts: plain(facts) };
    for (const member of [...members]) member.tell(phase);
  }
  /** Those who come and go at once cost one new connection, not many. */
  function regroup() {
    clearTimeout(gathering);
    gathering = setTimeout(() => {
      for (const member of members) {
        if (now() - member.heardAt > FORGET_AFTER_MS) members.delete(member);
      }
      if (members.size > 0) stream.restart();
      else end();
    }, GATHER_MS);
  }
  function end() {
    clearTimeout(gathering);
    stream?.close();
    stream = null;
  }
  function add(member) {
    members.add(member);
    if (stream === null) stream = open({ target, onFrames, onPhase });
    else if (phase?.phase === "failed" || !(streamed.get(member.topic) <= member.at)) regroup();
    else if (phase) member.tell(phase);
  }
  function leave(member) {
    if (!members.delete(member)) return;
    if (members.size === 0) {
      end();
      onEmpty();
    } else if (![...members].some(({ topic }) => topic === member.topic)) {
      regroup();
    }
  }
  return {
    join(member) {
      add(member);
      return {
        /** Who is not heard of for long, as after a crash, is forgotten; who wakes up is not. */
        stay() {
          member.heardAt = now();
          if (!members.has(member)) add(member);
        },
        wake: () => stream?.wake(),
        leave: () => leave(member),
      };
    },
  };
}

/** Read models say how things are, whatever was told before; events are told once. */
function isFresh(frame, seq, at) {
  return frame.event !== "canonical_event" || seq > at;
}

function tellFrames(member, frames) {
  if (frames.some(({ event }) => event === "missing")) {
    const error = { message: "The run is no longer there.", status: 404 };
    member.tell({ phase: "failed", facts: { error } });
  } else {
    member.tell({ frames });
  }
}

/**
 * Pure: where topics are read, from their positions on. One alone is read where it always was.
 *
 * @param {[string, number][]} topics
 * @returns {{url: string, resume: number}} `resume`: the last id seen
 */
export function addressOf(topics) {
  const runs = topics.filter(([topic]) => topic !== LIST);
  if (runs.length === 0) return { url: "/runs/stream", resume: 0 };
  if (topics.length === 1) {
    const [[id, seq]] = runs;
    const path = "/runs/" + encodeURIComponent(id);
    return { url: path + "/stream?includeSnapshot=true&frames=extended", resume: seq };
  }
  const list = runs.length < topics.length;
  const watch = runs.map(([id, seq]) => encodeURIComponent(id) + ":" + seq).join(",");
  return { url: "/runs/stream?list=" + list + "&watch=" + watch, resume: 0 };
}

/**
 * Pure: frames by topic, each with its sequence. What carries no topic, like a heartbeat, is for all.
 *
 * @returns {Map<string, {frame: object, seq: number}[]>}
 */
export function sortFrames(frames, topics) {
  const sorted = new Map(topics.map((topic) => [topic, []]));
  for (const frame of frames) {
    const colon = frame.id.lastIndexOf(":");
    const seq = Number(frame.id.slice(colon + 1)) || 0;
    if (frame.event === "run") sorted.get(LIST)?.push({ frame, seq: 0 });
    else if (frame.event === "heartbeat" || frame.event === "error")
      for (const own of sorted.values()) own.push({ frame, seq: 0 });
    else if (colon < 0) sorted.get(topics[0])?.push({ frame, seq: topics[0] === LIST ? 0 : seq });
    else sorted.get(frame.id.slice(0, colon))?.push({ frame, seq });
  }
  return sorted;
}

/** Errors are told to pages as plain facts. */
function plain({ error, ...facts }) {
  if (!error) return facts;
  const { message, status, code } = error;
  return { ...facts, error: { message, status, code } };
}
