// SPDX-License-Identifier: Apache-2.0
import { html, nothing, render } from "../vendor/html.js";
import { icon } from "./icons.js";

/**
 * Asks the reader something in a modal dialog.
 *
 * @param {{title: string, body?: unknown, confirm: string, tone?: "primary"|"danger", cancel?: string}} words
 *     `body` may hold form fields
 * @returns {Promise<FormData|null>} the fields, or null when the reader backed out
 */
export function ask({ title, body = nothing, confirm, tone = "primary", cancel = "Cancel" }) {
  return open((dialog, close) => {
    const submit = (event) => {
      event.preventDefault();
      close(new FormData(event.target));
    };
    return html`<form @submit=${submit}>
      ${head(title, () => dialog.close())}
      <div class="dialog-body">${body}</div>
      <div class="dialog-foot">
        <button class="button" type="button" @click=${() => dialog.close()}>${cancel}</button>
        <button class="button ${tone}" type="submit">${confirm}</button>
      </div>
    </form>`;
  });
}

/** Tells the reader something that wants to be read before going on. */
export function tell({ title, body }) {
  return open(
    (dialog) =>
      html`${head(title, () => dialog.close())}
        <div class="dialog-body">${body}</div>
        <div class="dialog-foot">
          <button class="button primary" type="button" @click=${() => dialog.close()}>Close</button>
        </div>`,
  );
}

function head(title, close) {
  return html`<div class="dialog-head">
    <h2 id="ask-title">${title}</h2>
    <button class="button bare" type="button" aria-label="Close" @click=${close}>
      ${icon("close")}
    </button>
  </div>`;
}

function open(content) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "ask-title");
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    render(content(dialog, close), dialog);
    dialog.showModal();
  });
}
