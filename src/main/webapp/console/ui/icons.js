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
  back: svg`<path d="M3.5 3v10M13 3.500 6 8l7 4.500z" />`,
  forth: svg`<path d="M12.500 3v10M3 3.500 10 8l-7 4.500z" />`,
  close: svg`<path d="m4 4 8 8m0-8-8 8" />`,
  search: svg`<circle cx="7" cy="7" r="4.4" /><path d="m10.4 10.4 3.4 3.4" />`,
  bell: svg`<path d="M8 1.8a4 4 0 0 0-4 4c0 3.6-1.5 4.8-1.5 4.8h11S12 9.4 12 5.8a4 4 0 0 0-4-4M6.6 13a1.5 1.5 0 0 0 2.8 0" />`,
  list: svg`<path d="M5.5 4h8m-8 4h8m-8 4h8M2.5 4h.01m-.01 4h.01m-.01 4h.01" />`,
  layers: svg`<path d="m8 2 6 3.2-6 3.2-6-3.2zM2 8l6 3.2L14 8M2 10.8 8 14l6-3.2" />`,
  send: svg`<path d="M14 2 7 9m7-7-4.4 12L7 9 2 6.4z" />`,
  gear: svg`<circle cx="8" cy="8" r="2.1" /><path d="M8 1.8v2m0 8.4v2M1.8 8h2m8.4 0h2M3.6 3.6 5 5m6 6 1.4 1.4m0-8.8L11 5m-6 6-1.4 1.4" />`,
  question: svg`<circle cx="8" cy="8" r="6.25" /><path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2m0 2v.01" />`,
  sun: svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.5v1.4m0 10.2v1.4M1.5 8h1.4m10.2 0h1.4M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1" />`,
  moon: svg`<path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1" />`,
  contrast: svg`<circle cx="8" cy="8" r="6" /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none" />`,
  keyboard: svg`<path d="M1.8 4h12.4v8H1.8zM4.2 6.5h.01m2.5 0h.01m2.5 0h.01m2.5 0h.01M5 9.5h6" />`,
  key: svg`<circle cx="5" cy="11" r="2.6" /><path d="m7 9 6.2-6.2M10.5 5.5l2 2" />`,
  plus: svg`<path d="M8 3v10M3 8h10" />`,
  filter: svg`<path d="M2 3h12L9.6 8.4V13l-3.2-1.6v-3z" />`,
  database: svg`<ellipse cx="8" cy="4" rx="5" ry="2.1" /><path d="M3 4v8c0 1.2 2.2 2.1 5 2.1s5-.9 5-2.1V4M3 8c0 1.2 2.2 2.1 5 2.1S13 9.200 13 8" />`,
  fuse: svg`<path d="M1.8 8h3m6.4 0h3M4.800 5.2h6.4v5.6H4.800zM7 8h2" />`,
  server: svg`<path d="M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01" />`,
  archive: svg`<path d="M2 3h12v3H2zM3 6v7h10V6M6.500 8.800h3" />`,
  download: svg`<path d="M8 2v8m0 0L4.800 7M8 10l3.200-3M2.500 13.500h11" />`,
  star: svg`<path d="m8 2 1.800 3.800 4.200.500-3.100 2.800.800 4.100L8 11.200l-3.700 2 .800-4.100L2 6.300l4.200-.500z" />`,
  arrow: svg`<path d="M3 8h10m0 0L9.500 4.500M13 8l-3.500 3.500" />`,
};

/** Decoration beside a word; never the only carrier of a meaning. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    ${SHAPES[name] ?? SHAPES.dots}
  </svg>`;
}
