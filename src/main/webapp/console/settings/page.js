// SPDX-License-Identifier: Apache-2.0
import { load } from "../resources.js";
import { icon } from "../ui/icons.js";
import { dataTable, loaded, pageHead } from "../ui/kit.js";
import { CHOICES } from "../ui/prefs.js";
import { problemLine } from "../ui/problems.js";
import { inlineError } from "../ui/states.js";
import { keepTraceTemplate, traceAddress, traceTemplate } from "../ui/trace-address.js";
import { ago, stamp } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";

const WORDS = {
  theme: ["Theme", "", { auto: "As the system", light: "Light", dark: "Dark" }],
  density: [
    "Density",
    "How close the lines stand.",
    { comfortable: "Comfortable", compact: "Compact" },
  ],
  zone: ["Time zone", "Holds for every time that is shown.", { local: "Local", utc: "UTC" }],
  times: [
    "Times in lists",
    "Hovering always shows the other one.",
    { relative: "How long ago", absolute: "Day and time" },
  ],
  singleKeys: [
    "Shortcuts of single keys",
    "Ctrl or ⌘ with K works in any case.",
    { on: "On", off: "Off" },
  ],
};
const SCOPES = [
  ["runs:read", "Read runs, events, streams and what the runtime tells"],
  ["runs:write", "Launch, cancel and change runs"],
  ["policies:write", "Register and remove policies"],
  ["admin", "Everything, with keys and the circuit breaker"],
];

/** How this browser shows the console, and who may call the server. */
export const settingsPage = {
  title: () => "Settings",
  open(ctx) {
    const ask = () => load(ctx, "keys", () => ctx.api.get("/admin/api-keys", { limit: 200 }));
    ask();
    return { reload: ask };
  },
  view(state, ctx) {
    return html`${pageHead({ title: "Settings", sub: "How this browser shows the console, and who may call the server." })}
      <section class="card" aria-labelledby="settings-view">
        <h2 id="settings-view">This browser</h2>
        <div class="settings">
          ${Object.keys(CHOICES).map((name) => choice(name, state.prefs, ctx))} ${traces(ctx)}
        </div>
      </section>
      ${thisTab(ctx)} ${keys(state, ctx)}`;
  },
};

function choice(name, prefs, ctx) {
  const [label, about, words] = WORDS[name];
  return html`<fieldset class="setting">
    <legend>${label}</legend>
    ${about ? html`<p class="hint">${about}</p>` : nothing}
    <div class="segments">
      ${CHOICES[name].map(
        (value) =>
          html`<label class="segment">
            <input
              type="radio"
              name=${name}
              value=${value}
              .checked=${prefs[name] === value}
              @change=${() => ctx.setPref(name, value)}
            />
            <span>${words[value]}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}

function traces(ctx) {
  const keep = ({ target }) => {
    target.setCustomValidity("");
    if (target.value && !traceAddress(target.value, "0")) {
      target.setCustomValidity("An http address with {id} in it.");
      target.reportValidity();
      return;
    }
    keepTraceTemplate(target.value);
    ctx.notify("Kept for this browser");
  };
  return html`<div class="setting" id="traces">
    <label for="trace-address">Where traces are kept</label>
    <p class="hint" id="trace-hint">
      The tab Data of a run links there; {id} becomes the id of its trace.
    </p>
    <input
      id="trace-address"
      type="url"
      .value=${traceTemplate()}
      aria-describedby="trace-hint"
      placeholder="https://traces.example/trace/{id}"
      @change=${keep}
    />
  </div>`;
}

function thisTab(ctx) {
  return html`<section class="card" aria-labelledby="settings-tab">
    <h2 id="settings-tab">This tab</h2>
    ${
      ctx.hasKey()
        ? html`<p>An API key is kept in this tab until it is closed.</p>
            <button class="button" type="button" @click=${ctx.forgetKey}>
              ${icon("key")} Forget the key
            </button>`
        : html`<p class="sub">
            No API key is kept. The server is asked without one, and the console asks you when it
            needs one.
          </p>`
    }
  </section>`;
}

function keys(state, ctx) {
  const form = state.forms.key ?? {};
  return html`<section class="card" aria-labelledby="settings-keys">
    <h2 id="settings-keys">API keys</h2>
    <p class="hint">
      Made while the server runs, kept as hashes, and revoked at once. Keys of
      <code>AUTH_API_KEYS</code> are not listed.
    </p>
    ${loaded(state, "keys", "the keys", ctx.page().reload, (page) => list(page, ctx))}
    <details class="make-key">
      <summary class="button">${icon("plus")} Make a key</summary>
      <form @submit=${(event) => make(event, ctx)}>
        <div class="field">
          <label for="key-name">Name</label>
          <input
            id="key-name"
            name="name"
            required
            maxlength="255"
            autocomplete="off"
            placeholder="ci"
          />
        </div>
        <fieldset class="checks">
          <legend>What it may do</legend>
          ${SCOPES.map(([scope, about]) => html`<label class="check"><input type="checkbox" name="scopes" value=${scope} /> <code>${scope}</code> <span class="hint">${about}</span></label>`)}
        </fieldset>
        <p class="hint">
          As soon as one key is stored, every caller needs one. The first must have the scope
          <code>admin</code> where the settings name no other way in.
        </p>
        ${inlineError(form.error)}
        <button class="button primary" type="submit">Make the key</button>
      </form>
    </details>
  </section>`;
}

function list(page, ctx) {
  if (page.data.length === 0) return html`<p class="sub">None was made.</p>`;
  return dataTable({
    caption: "API keys, newest first",
    rows: page.data,
    columns: [
      {
        name: "Name",
        cell: (key) => html`<bdi>${key.name}</bdi> <span class="mono quiet">${key.prefix}…</span>`,
      },
      { name: "May do", cell: (key) => key.scopes.join(", ") },
      { name: "Made", cell: (key) => stamp(key.createdAt) },
      { name: "Last used", cell: (key) => (key.lastUsedAt ? ago(key.lastUsedAt) : "never") },
      {
        name: "Ends",
        cell: (key) =>
          key.revokedAt
            ? html`<span class="tag">${icon("ban")} revoked</span>`
            : key.expiresAt
              ? stamp(key.expiresAt)
              : "never",
      },
      {
        name: html`<span class="visually-hidden">Actions</span>`,
        cell: (key) =>
          key.revokedAt
            ? nothing
            : html`<button
                class="button small"
                type="button"
                aria-label="Revoke ${key.name}…"
                @click=${() => revoke(key, ctx)}
              >
                Revoke…
              </button>`,
      },
    ],
  });
}

async function make(event, ctx) {
  event.preventDefault();
  const fields = new FormData(event.target);
  const set = (patch) => ctx.store.dispatch({ type: "form/set", name: "key", patch });
  set({ error: null });
  try {
    const made = await ctx.api.post("/admin/api-keys", {
      name: fields.get("name"),
      scopes: fields.getAll("scopes"),
    });
    await ctx.tell({
      title: "The new key",
      body: html`<p>Shown here only. Whoever has it may do what its scopes say.</p>
        <p><code class="secret">${made.key}</code></p>
        <button class="button" type="button" @click=${() => ctx.copy(made.key, "Key copied")}>
          Copy
        </button>`,
    });
    ctx.page().reload();
  } catch (error) {
    ctx.guard(error);
    set({ error });
  }
}

async function revoke(key, ctx) {
  const agreed = await ctx.ask({
    title: "Revoke " + key.name + "?",
    body: html`<p>
      Whoever uses it is refused at once, and its open streams end. There is no way back.
    </p>`,
    confirm: "Revoke the key",
    cancel: "Keep it",
    tone: "danger",
  });
  if (agreed === null) return;
  try {
    await ctx.api.delete("/admin/api-keys/" + key.id);
    ctx.notify("Revoked " + key.name);
  } catch (error) {
    ctx.guard(error);
    ctx.notify(problemLine(error));
  }
  ctx.page().reload?.();
}
