// SPDX-License-Identifier: Apache-2.0
const LF = 10;
const CR = 13;

/**
 * The event-stream grammar of the HTML standard, as a pure machine: text in (split anywhere), frames
 * out. It knows no network and no clock.
 *
 * @returns {{push(text: string): {event: string, data: string, id: string}[], retryMs: number|null}}
 */
export function createSseParser() {
  let line = "";
  let atStart = true;
  let afterCr = false;
  let type = "";
  let data = null;
  let id = "";
  let retryMs = null;

  function takeField(name, value) {
    if (name === "data") data = data === null ? value : data + "\n" + value;
    else if (name === "event") type = value;
    else if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) retryMs = Number(value);
  }
  function takeLine(text, frames) {
    if (text === "") {
      if (data !== null) frames.push({ event: type || "message", data, id });
      type = "";
      data = null;
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    if (colon < 0) takeField(text, "");
    else
      takeField(text.slice(0, colon), text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1));
  }
  function push(text) {
    const frames = [];
    let from = 0;
    if (atStart && text.length > 0) {
      atStart = false;
      if (text.charCodeAt(0) === 0xfeff) from = 1;
    }
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF && afterCr) {
        afterCr = false;
        from = at + 1;
        continue;
      }
      afterCr = code === CR;
      if (code !== LF && code !== CR) continue;
      takeLine(line + text.slice(from, at), frames);
      line = "";
      from = at + 1;
    }
    line += text.slice(from);
    return frames;
  }
  return {
    push,
    get retryMs() {
      return retryMs;
    },
  };
}
