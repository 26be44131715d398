// SPDX-License-Identifier: Apache-2.0
import { GLOSSARY } from "../help/facts.js";
import { html } from "../vendor/html.js";

const GAP = 8;
let bubble = null;
let shownFor = null;

/** A word with its meaning from the glossary: on hover, on focus and on a click. */
export function term(name, words = name) {
  const about = GLOSSARY[name];
  if (!about) return words;
  return html`<button type="button" class="term" data-tip=${about}>${words}</button>`;
}

/** Shows what `data-tip` of the element under the pointer or the focus says; Escape takes it away. */
export function listenForTips(document) {
  const seek = (event) => event.target.closest?.("[data-tip]");
  document.addEventListener("pointerover", (event) => {
    const target = seek(event);
    if (target) show(target);
    else if (!event.target.closest?.(".tip")) hide();
  });
  document.addEventListener("focusin", (event) => {
    const target = seek(event);
    if (target) show(target);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const target = seek(event);
    if (target) show(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", hide, { passive: true, capture: true });
}

function show(target) {
  if (shownFor === target) return;
  hide();
  shownFor = target;
  bubble = document.createElement("div");
  bubble.className = "tip";
  bubble.id = "tip";
  bubble.setAttribute("role", "tooltip");
  bubble.textContent = target.dataset.tip;
  (target.closest("dialog") ?? document.body).append(bubble);
  target.setAttribute("aria-describedby", "tip");
  place(target.getBoundingClientRect());
}

function place(rect) {
  const { width, height } = bubble.getBoundingClientRect();
  const below = rect.bottom + GAP + height < innerHeight;
  const left = Math.min(Math.max(GAP, rect.left), Math.max(GAP, innerWidth - width - GAP));
  bubble.style.left = left + "px";
  bubble.style.top = (below ? rect.bottom + GAP : rect.top - GAP - height) + "px";
}

function hide() {
  shownFor?.removeAttribute("aria-describedby");
  bubble?.remove();
  bubble = null;
  shownFor = null;
}
