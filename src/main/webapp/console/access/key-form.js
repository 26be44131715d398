// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { icon } from "../ui/icons.js";

/** Asks for an API key in front of the page, which stays as it is behind it. */
export function keyForm(access, onKey) {
  const submit = (event) => {
    event.preventDefault();
    const field = event.target.elements.namedItem("key");
    const value = field.value.trim();
    if (!value) return field.focus();
    field.value = "";
    return onKey(value);
  };
  const stay = (event) => event.preventDefault();
  return html`<dialog id="key-dialog" aria-labelledby="key-title" @cancel=${stay}>
    <div class="key-card">
      <h2 id="key-title">${icon("key")} API key needed</h2>
      <p>
        This server answers only to callers it knows. Enter one of the keys that its operator set in
        <code>AUTH_API_KEYS</code> or made under Settings.
      </p>
      ${
        access.refused
          ? html`<p class="inline-error" id="key-error" role="alert">
              ${icon("cross")} The server refused that key: ${access.message}
            </p>`
          : nothing
      }
      <form class="key-form" @submit=${submit}>
        <label for="key">API key</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="off"
          spellcheck="false"
          aria-describedby=${access.refused ? "key-error key-hint" : "key-hint"}
          required
        />
        <button class="button primary" type="submit">Continue</button>
      </form>
      <p class="hint" id="key-hint">Kept in this tab only, and forgotten when the tab closes.</p>
    </div>
  </dialog>`;
}
