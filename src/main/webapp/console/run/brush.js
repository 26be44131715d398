// SPDX-License-Identifier: Apache-2.0
import { LABEL_PX, rangeBetween } from "./timeline.js";

const LEAST_PX = 8;

/**
 * A stretch of the timeline, chosen by pulling the mouse over it. Ends in `done([from, to])` with the
 * sequences of what is drawn there, or in nothing when it was a click.
 */
export function brush(event, picture, done) {
  const drawing = event.currentTarget;
  const box = drawing.getBoundingClientRect();
  const place = ({ clientX }) =>
    Math.max(LABEL_PX, Math.min(picture.width, ((clientX - box.left) / box.width) * picture.width));
  const begin = place(event);
  if (event.button !== 0 || begin === LABEL_PX) return;
  event.preventDefault();
  const mark = drawing.querySelector(".brush");
  const show = (from, to) => {
    mark.setAttribute("x", Math.min(from, to));
    mark.setAttribute("width", Math.abs(to - from));
  };
  const move = (at) => show(begin, place(at));
  const end = (at) => {
    removeEventListener("mousemove", move);
    show(0, 0);
    if (Math.abs(place(at) - begin) < LEAST_PX) return;
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    const range = rangeBetween(picture, begin, place(at));
    if (range) done(range);
  };
  addEventListener("mousemove", move);
  addEventListener("mouseup", end, { once: true });
}

/** The end of a pull is no click on the mark where it ended. */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
