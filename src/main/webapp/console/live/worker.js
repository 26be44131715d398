// SPDX-License-Identifier: Apache-2.0
import { createHub } from "./hub.js";

const hub = createHub();

/** One port for each page of this browser; a page may watch several things, each under a number. */
globalThis.onconnect = ({ ports: [port] }) => {
  const members = new Map();
  port.onmessage = ({ data: { member, join, call } }) => {
    if (join)
      members.set(
        member,
        hub.join(join, (told) => port.postMessage({ member, ...told })),
      );
    else members.get(member)?.[call]();
    if (call === "leave") members.delete(member);
  };
};
