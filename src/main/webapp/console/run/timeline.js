// SPDX-License-Identifier: Apache-2.0
import { participantName } from "../ui/format.js";

export const LANE_PX = 34;
export const LABEL_PX = 168;
export const AXIS_PX = 26;

/** A lane with more marks than this is drawn as bars. */
const DENSE = 90;

/** Which look a type has in the timeline; each has a shape of its own beside the colour. */
export function markOf(type) {
  if (type === "decision.finalized" || type === "run.completed") return "end";
  if (type === "run.failed" || type === "policy.denied" || type === "message.send_failed")
    return "bad";
  if (type === "run.cancelled") return "bad";
  if (type === "proposal.created") return "proposal";
  if (type === "proposal.updated") return "position";
  if (type.startsWith("signal.")) return "signal";
  if (type.startsWith("policy.")) return "policy";
  return "minor";
}

/**
 * Pure: the lanes that the server laid out, in pixels of a drawing `width` wide. Cells are
 * `[column, count, firstSeq, lastSeq, type]`.
 */
export function drawLanes(body, width) {
  const room = width - LABEL_PX - 24;
  const x = (column) => LABEL_PX + 12 + (column / Math.max(1, body.columns - 1)) * room;
  const lanes = body.lanes.filter((lane) => lane.total > 0);
  const most = Math.max(1, ...lanes.flatMap((lane) => lane.cells.map((cell) => cell[1])));
  const height = (count) => 3 + ((LANE_PX - 12) * Math.log2(1 + count)) / Math.log2(1 + most);
  return {
    height: AXIS_PX + lanes.length * LANE_PX + 8,
    lanes: lanes.map((lane, at) => ({
      id: lane.id,
      name: laneName(lane.id),
      total: lane.total,
      y: AXIS_PX + at * LANE_PX + LANE_PX / 2,
      dense: lane.cells.length > DENSE,
      cells: lane.cells.map(([column, count, from, to, type]) => ({
        x: round(x(column)),
        count,
        from,
        to,
        type,
        mark: markOf(type),
        size: round(Math.min(9, 4 + 1.2 * Math.log2(count))),
        bar: round(height(count)),
      })),
    })),
    column: round(Math.max(1.4, room / body.columns - 0.4)),
    stretches: body.stretches.map((one) => ({
      ...one,
      from: round(x(one.fromColumn)),
      to: round(x(one.toColumn)),
    })),
  };
}

function round(value) {
  return Math.round(value * 10) / 10;
}

export function laneName(id) {
  if (id === "") return "Run and session";
  return id === "*" ? "All others" : participantName(id);
}

/** Pure: the quiet times between stretches, in milliseconds, with where they are drawn. */
export function quietTimes(stretches, timeOf) {
  return stretches.slice(1).map((next, at) => ({
    from: stretches[at].to,
    to: next.from,
    ms: (timeOf(next.fromTs) ?? 0) - (timeOf(stretches[at].toTs) ?? 0),
  }));
}

/** Pure: the sequences of all that is drawn between two places; null when nothing is. */
export function rangeBetween({ lanes }, from, to) {
  const [left, right] = from < to ? [from, to] : [to, from];
  const inside = lanes.flatMap(({ cells }) => cells.filter(({ x }) => x >= left && x <= right));
  if (inside.length === 0) return null;
  const first = Math.min(...inside.map((cell) => cell.from));
  const last = Math.max(...inside.map((cell) => cell.to));
  return first < last ? [first, last] : null;
}

/** Pure: a range of sequences half or twice as long around the same middle; null when it is all. */
export function zoom(range, latest, factor) {
  const [from, to] = range ?? [1, latest];
  const middle = (from + to) / 2;
  const half = Math.max(5, ((to - from) / 2) * factor);
  const next = [
    Math.max(1, Math.round(middle - half)),
    Math.min(latest, Math.round(middle + half)),
  ];
  return next[0] === 1 && next[1] === latest ? null : next;
}

/** Pure: the range with what is selected in its middle, so that zooming in keeps it. */
export function aroundSelected({ range, sel }, latest) {
  const [from, to] = range ?? [1, latest];
  if (sel === null || sel < from || sel > to) return range;
  const half = (to - from) / 2;
  return [sel - half, sel + half];
}

/** Pure: the range moved by a share of its length, within the log. */
export function pan(range, latest, share) {
  if (!range) return null;
  const length = range[1] - range[0];
  const from = Math.max(1, Math.min(latest - length, Math.round(range[0] + length * share)));
  return [from, from + length];
}
