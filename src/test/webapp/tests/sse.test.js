// SPDX-License-Identifier: Apache-2.0
import { createSseParser } from "/console/sse.js";
import { equal, test } from "./check.js";

function parse(...chunks) {
  const parser = createSseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

const one = (data, more = {}) => [{ event: "message", data, id: "", ...more }];

export async function run() {
  await test("sse accepts every line ending", () => {
    equal(parse("data: a\n\n"), one("a"), "LF");
    equal(parse("data: a\r\r"), one("a"), "CR");
    equal(parse("data: a\r\n\r\n"), one("a"), "CRLF");
    equal(parse("data: a\r\ndata: b\n\r"), one("a\nb"), "all of them mixed");
    equal(parse("data: a\r", "\n\r", "\n"), one("a"), "CRLF split between chunks");
    equal(parse("data: a\r", "data: b\r", "\r"), one("a\nb"), "CR at the end of a chunk");
  });
  await test("sse gives the same frames however the text is split", () => {
    const text =
      '\ufeffid: 7\r\nevent: snapshot\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: hb\n\ndata: ü€😀\n\n';
    const whole = parse(text);
    const twoParts = [...text].every((_, at) =>
      same(whole, parse(text.slice(0, at), text.slice(at))),
    );
    equal(twoParts, true, "in two parts, at every place");
    equal(same(whole, parse(...text)), true, "character by character");
    equal(whole.length, 2, "two frames");
  });
  await test("sse skips one byte order mark only", () => {
    equal(parse("\ufeffdata: a\n\n"), one("a"), "at the start");
    equal(parse("\ufeff\ufeffdata: a\n\n"), [], "a second one belongs to the field's name");
    equal(parse("data: a\n\n", "\ufeffdata: b\n\n"), one("a"), "not at the start of a later chunk");
  });
  await test("sse ignores comments", () => {
    equal(parse(": heartbeat\n\n"), [], "a comment alone is no frame");
    equal(parse("data: a\n:\ndata: b\n\n"), one("a\nb"), "a comment inside a frame");
  });
  await test("sse joins data lines", () => {
    equal(parse("data: a\ndata: b\ndata\n\n"), one("a\nb\n"), "with line feeds, the last one cut");
    equal(parse("data:\n\n"), one(""), "an empty data field is a frame");
    equal(parse("data:  a\n\n"), one(" a"), "one leading space is removed, not two");
    equal(parse("data:a:b\n\n"), one("a:b"), "the first colon divides");
  });
  await test("sse names events and forgets the name", () => {
    equal(
      parse("event: end\ndata: x\n\ndata: y\n\n").map((f) => f.event),
      ["end", "message"],
      "per frame",
    );
    equal(
      parse("event: end\n\ndata: y\n\n").map((f) => f.event),
      ["message"],
      "a name without data",
    );
    equal(parse("Event: end\nfoo: 1\ndata: y\n\n"), one("y"), "unknown fields are ignored");
  });
  await test("sse remembers the last id", () => {
    equal(
      parse("id: 4\ndata: a\n\ndata: b\n\n").map((f) => f.id),
      ["4", "4"],
      "frames without id keep it",
    );
    equal(
      parse("id: 4\n\ndata: b\n\n").map((f) => f.id),
      ["4"],
      "also from a frame without data",
    );
    equal(
      parse("id: 4\ndata: a\n\nid\ndata: b\n\n").map((f) => f.id),
      ["4", ""],
      "an empty id resets it",
    );
    equal(
      parse("id: 4\nid: 5\u00006\ndata: a\n\n").map((f) => f.id),
      ["4"],
      "an id with NUL is ignored",
    );
  });
  await test("sse reads retry as digits only", () => {
    const parser = createSseParser();
    parser.push("retry: 1500\nretry: 2s\nretry: -1\n\n");
    equal(parser.retryMs, 1500);
  });
  await test("sse drops what the connection cut off", () => {
    equal(parse("data: a\n\ndata: b\n"), one("a"), "no blank line, no frame");
  });
}

function same(left, right) {
  return JSON.stringify(left) === JSON.stringify(right);
}
