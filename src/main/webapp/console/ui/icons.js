// SPDX-License-Identifier: Apache-2.0
import { html, svg } from "../vendor/html.js";

// Strokes on a 16 × 16 grid; the colour is the text's own.
const SHAPES = {
  check: svg`<circle cx="8" cy="8" r="6.25" /><path d="m5.2 8.2 2 2 3.6-4.2" />`,
  cross: svg`<circle cx="8" cy="8" r="6.25" /><path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />`,
  clock: svg`<circle cx="8" cy="8" r="6.25" /><path d="M8 4.6V8l2.3 1.6" />`,
  pause: svg`<circle cx="8" cy="8" r="6.25" /><path d="M6.4 5.8v4.4m3.2-4.4v4.4" />`,
  stop: svg`<circle cx="8" cy="8" r="6.25" /><path d="M6 6h4v4H6z" />`,
  ban: svg`<circle cx="8" cy="8" r="6.25" /><path d="m3.7 3.7 8.6 8.6" />`,
  pulse: svg`<circle cx="8" cy="8" r="6.25" /><circle class="beat" cx="8" cy="8" r="2.4" fill="currentColor" stroke="none" />`,
  dots: svg`<circle cx="8" cy="8" r="6.25" /><path d="M5.2 8h.01M8 8h.01m2.79 0h.01" stroke-width="1.9" />`,
  retry: svg`<path d="M13.4 6.2A5.7 5.7 0 1 0 13.7 9M13.7 2.9v3.5h-3.5" />`,
  flag: svg`<path d="M3.5 14V2.5m0 .5h8l-1.8 2.8L11.5 8.6h-8" />`,
  hand: svg`<path d="M8 1.9 15 14H1zM8 6.2v3.4m0 2.1v.01" />`,
  bulb: svg`<path d="M6 12.2c0-1.6-2-2.3-2-4.9a4 4 0 0 1 8 0c0 2.6-2 3.3-2 4.9zM6.6 14.4h2.8" />`,
  scale: svg`<path d="M8 2.2v11.6M4.8 13.8h6.4M2.6 4h10.8M3.9 4 2 8.6h3.8zM12.1 4l-1.9 4.6H14z" />`,
  ballot: svg`<path d="M2.5 7.5h11v6h-11zM5 7.5v-5h6v5M6.8 5l1 1L9.6 4" />`,
  bolt: svg`<path d="M9 1.8 3.6 9H8l-1 5.2L12.4 7H8z" />`,
  note: svg`<path d="M2.5 3h11v8h-6L4.6 13.4V11H2.5z" />`,
  link: svg`<path d="M6.7 9.3a2.6 2.6 0 0 0 3.8.2l2-2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.3 6.7a2.6 2.6 0 0 0-3.8-.2l-2 2a2.6 2.6 0 0 0 3.7 3.7l.9-.9" />`,
  shell: svg`<path d="M2 3h12v10H2zM4.4 6l2 2-2 2M8 10h3.2" />`,
  play: svg`<path d="M4.5 2.8v10.4L13 8z" />`,
  people: svg`<circle cx="6" cy="5.4" r="2.4" /><path d="M1.8 13.4c0-2.5 1.9-4 4.2-4s4.2 1.5 4.2 4M10.6 3.2a2.4 2.4 0 0 1 0 4.4M12 9.8c1.4.5 2.3 1.8 2.3 3.6" />`,
};

/** Decoration beside a word; never the only carrier of a meaning. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    ${SHAPES[name] ?? SHAPES.dots}
  </svg>`;
}
