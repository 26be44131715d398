// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { icon } from "../ui/icons.js";

/** Shown in place of a page when the server asks for an API key. */
export function keyForm(access, onKey) {
  const submit = (event) => {
    event.preventDefault();
    const field = event.target.elements.namedItem("key");
    const value = field.value.trim();
    if (value) onKey(value);
    else field.focus();
  };
  return html`<section class="card key-card">
    <h1 tabindex="-1">API key needed</h1>
    <p>
      This server answers only to callers it knows. Enter one of the keys that its operator set in
      <code>AUTH_API_KEYS</code>.
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
  </section>`;
}
