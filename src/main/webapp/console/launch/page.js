// SPDX-License-Identifier: Apache-2.0
import { load, resourceOf } from "../resources.js";
import { runPath } from "../router.js";
import { curlOfPost } from "../ui/copy.js";
import { html } from "../vendor/html.js";
import { launchView } from "./launch-view.js";
import { keepPresets, likeRun, loadPresets, startOf } from "./presets.js";
import { fieldsOf, missingOf, readObject, readText, withValue } from "./schema-fields.js";
import { SCHEMAS } from "./schema.js";

export const FIELDS = fieldsOf(SCHEMAS, "RunDescriptor");
const FORM = "launch";

/** Launching a run: a form that is made of the schema, the JSON behind it, and what the server says of it. */
export const launchPage = {
  title: () => "Launch",
  open(ctx, route) {
    ctx.store.dispatch({ type: "form/set", name: FORM, patch: { presets: loadPresets() } });
    begin(ctx, route.query);
    load(ctx, "modes", () => ctx.api.get("/runtime/modes"));
    load(ctx, "policies", () => ctx.api.get("/runtime/policies"));
    return { onQuery: (query) => begin(ctx, query) };
  },
  shortcuts: (ctx) => [
    {
      scope: "launch",
      keys: "mod+enter",
      label: "Check, then launch",
      run: () => actionsOf(ctx).launch(),
    },
  ],
  view: (state, ctx) => launchView(state, FIELDS, actionsOf(ctx)),
};

async function begin(ctx, query) {
  if (query.like) {
    show(ctx, startOf(), { from: "", error: null });
    try {
      const record = await ctx.api.run(query.like);
      const value = likeRun(record);
      if (value) show(ctx, value, { from: "Like run " + record.id, error: null });
      else show(ctx, startOf(), { from: "", error: unknownRequest() });
    } catch (error) {
      ctx.guard(error);
      show(ctx, startOf(), { error });
    }
  } else if (query.mode || !ctx.store.state.forms[FORM]?.value) {
    const known = resourceOf(ctx.store.state, "modes").data ?? [];
    const version = known.find((one) => one.mode === query.mode)?.modeVersion;
    show(ctx, startOf(query.mode, version), { from: "", error: null });
  }
}

function unknownRequest() {
  return {
    status: 0,
    code: null,
    message: "That run was discovered, not launched: nobody recorded what to launch it with.",
  };
}

/** Puts a descriptor into the form and into the editor. */
function show(ctx, value, patch = {}) {
  const fresh = {
    value,
    json: JSON.stringify(value, null, 2),
    jsonError: "",
    wrong: {},
    checked: null,
  };
  ctx.store.dispatch({ type: "form/set", name: FORM, patch: { ...fresh, ...patch } });
}

let made = null;

function actionsOf(ctx) {
  made ??= actions(ctx);
  return made;
}

function actions(ctx) {
  const { store, api } = ctx;
  const form = () => store.state.forms[FORM];
  const set = (patch) => store.dispatch({ type: "form/set", name: FORM, patch });

  async function send(path, patch) {
    set({ busy: path, error: null });
    try {
      return await api.post(path, form().value);
    } catch (error) {
      ctx.guard(error);
      set({ error, ...patch });
      return null;
    } finally {
      set({ busy: null });
    }
  }
  function isComplete() {
    const missing = missingOf(FIELDS, form().value);
    if (missing.length === 0) return !form().jsonError;
    set({
      wrong: {
        ...form().wrong,
        ...Object.fromEntries(missing.map((path) => [path, "This is needed."])),
      },
    });
    document.getElementById("launch-" + missing[0])?.focus();
    return false;
  }
  return {
    show: (value, from) => show(ctx, value, { from, error: null }),
    typed(field, text) {
      const { [field.path]: gone, ...wrong } = form().wrong;
      try {
        const value = withValue(form().value, field.path, readText(field, text));
        set({ value, json: JSON.stringify(value, null, 2), jsonError: "", wrong, checked: null });
      } catch (error) {
        set({ wrong: { ...wrong, [field.path]: error.message } });
      }
    },
    edited(text) {
      try {
        set({ value: readObject(text), json: text, jsonError: "", wrong: {}, checked: null });
      } catch (error) {
        set({ json: text, jsonError: error.message });
      }
    },
    async check() {
      if (!isComplete()) return;
      const checked = await send("/runs/validate", { checked: null });
      if (checked) set({ checked });
    },
    async launch() {
      if (form().busy || !isComplete()) return;
      const launched = await send("/runs");
      if (!launched) return;
      ctx.notify("Launched");
      ctx.go(runPath(launched.runId));
    },
    copyCurl: () =>
      ctx.copy(
        curlOfPost(location.origin, "/runs", form().value, ctx.hasKey()),
        "curl command copied",
      ),
    async savePreset() {
      const fields = await ctx.ask({
        title: "Save as a preset",
        body: html`<div class="field">
          <label for="preset-name">Name</label>
          <input id="preset-name" name="name" required maxlength="60" autocomplete="off" />
          <p class="hint">Kept in this browser.</p>
        </div>`,
        confirm: "Save",
      });
      const name = fields?.get("name").trim();
      if (name)
        keep([...loadPresets().filter((one) => one.name !== name), { name, value: form().value }]);
    },
    forgetPreset: (preset) => keep(loadPresets().filter((one) => one.name !== preset.name)),
  };
  function keep(presets) {
    keepPresets(presets);
    set({ presets });
  }
}
