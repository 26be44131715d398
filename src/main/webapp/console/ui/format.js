// SPDX-License-Identifier: Apache-2.0
// Pure words for values. Nothing here reads a clock: "now" is always an argument.

const COUNT = new Intl.NumberFormat("en");
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const LONGEST_TEXT = 4_000;

export function formatCount(value) {
  return COUNT.format(value);
}

export function plural(count, one, many = one + "s") {
  return formatCount(count) + " " + (count === 1 ? one : many);
}

/** 0.824 → "82 %"; anything that is not a share of one gives "". */
export function percent(value) {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) return "";
  return Math.round(value * 100) + " %";
}

/** Milliseconds of an ISO time, or null. */
export function timeOf(iso) {
  if (typeof iso === "number") return iso;
  const ms = typeof iso === "string" ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

export function durationWords(ms) {
  if (ms === null || !Number.isFinite(ms) || ms < 0) return "–";
  if (ms < 1_000) return Math.round(ms) + " ms";
  if (ms < 10_000) return (Math.floor(ms / 100) / 10).toFixed(1) + " s";
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return seconds + " s";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes + " min " + (seconds % 60) + " s";
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours + " h " + (minutes % 60) + " min";
  return Math.floor(hours / 24) + " d " + (hours % 24) + " h";
}

/** Clocks differ: a time up to a minute ahead of ours still reads "just now". */
export function agoWords(at, now) {
  const seconds = Math.floor((now - at) / 1_000);
  if (seconds < -60) return "at " + dayAndClock(at);
  if (seconds < 2) return "just now";
  if (seconds < 60) return seconds + " s ago";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes + " min ago";
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours + " h ago";
  return Math.floor(hours / 24) + " days ago";
}

/** Position on a run's own clock: "+4.2 s", "+1:07", "+2:03:09". */
export function offsetWords(ms) {
  if (!Number.isFinite(ms)) return "";
  if (ms < 0) return "before start";
  if (ms < 60_000) return "+" + (Math.floor(ms / 100) / 10).toFixed(1) + " s";
  const seconds = Math.floor(ms / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return "+" + (hours ? hours + ":" + twoDigits(minutes) : minutes) + ":" + twoDigits(seconds % 60);
}

function twoDigits(value) {
  return String(value).padStart(2, "0");
}

let utc = false;

/** Which zone every time of the console is told in: "local" or "utc". */
export function setZone(zone) {
  utc = zone === "utc";
}

/** The parts of a time in the chosen zone. By hand, because a long log needs thousands of them. */
function partsOf(at) {
  const date = new Date(at);
  return utc
    ? [
        date.getUTCFullYear(),
        date.getUTCMonth(),
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      ]
    : [
        date.getFullYear(),
        date.getMonth(),
        date.getDate(),
        date.getHours(),
        date.getMinutes(),
        date.getSeconds(),
      ];
}

/** "09:41:07" in the chosen zone. */
export function clock(at) {
  return partsOf(at).slice(3).map(twoDigits).join(":");
}

/** "2 Mar 2026, 09:41:07", with "UTC" behind it when that is the zone. */
export function dayAndClock(at) {
  const [year, month, day] = partsOf(at);
  return day + " " + MONTHS[month] + " " + year + ", " + clock(at) + (utc ? " UTC" : "");
}

/** What hovering a time shows: the time in the chosen zone and the exact instant. */
export function absolute(at) {
  return dayAndClock(at) + (utc ? "" : " (your time)") + "\n" + new Date(at).toISOString();
}

/** 1536 → "1.5 KB". */
export function bytesWords(bytes) {
  if (!Number.isFinite(bytes)) return "–";
  if (bytes < 1_024) return formatCount(Math.round(bytes)) + " B";
  const units = ["KB", "MB", "GB", "TB"];
  let [value, at] = [bytes / 1_024, 0];
  while (value >= 1_024 && at < units.length - 1) [value, at] = [value / 1_024, at + 1];
  return (value < 10 ? value.toFixed(1) : formatCount(Math.round(value))) + " " + units[at];
}

/** An amount of US dollars with as many digits as tell something. */
export function costWords(dollars) {
  if (!Number.isFinite(dollars)) return "–";
  const digits = dollars >= 1 || dollars === 0 ? 2 : 4;
  return "$" + dollars.toFixed(digits);
}

// Control characters and the marks that turn the direction of text around: they could make one
// name look like another.
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Whatever an agent sent, as plain text of bounded length. */
export function asText(value) {
  if (value === null || value === undefined) return "";
  const text = (typeof value === "string" ? value : toJson(value)).replace(DECEIVING, "\ufffd");
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) + "… (shortened)" : text;
}

function toJson(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function shortId(id) {
  const text = asText(id);
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text) ? text.slice(-8) : clip(text, 16);
}

export function clip(text, length) {
  return text.length > length ? text.slice(0, length - 1) + "…" : text;
}

export function participantName(id) {
  return asText(id).replace(/^agent:\/\//, "");
}

/** "macp.mode.decision.v1" → "Decision"; other identifiers stay as they are. */
export function modeName(id) {
  const match = /^macp\.mode\.([a-z_]+)\.v\d+$/.exec(asText(id));
  return match ? sentence(match[1].replaceAll("_", " ")) : asText(id);
}

/** "binding_session" → "Binding session". */
export function sentence(text) {
  const words = asText(text).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
