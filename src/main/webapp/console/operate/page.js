// SPDX-License-Identifier: Apache-2.0
import { load, resourceOf } from "../resources.js";
import { problemLine } from "../ui/problems.js";
import { parseMetrics } from "../ui/prometheus.js";
import { html } from "../vendor/html.js";
import { operateView } from "./operate-view.js";

const EVERY_MS = 15_000;

/** How the parts are. There is no stream of them, so they are asked while the page is visible. */
export const operatePage = {
  title: () => "Operations",
  open(ctx, route) {
    const window = () => ctx.store.state.route.query.window ?? route.query.window;
    const ask = () => {
      load(ctx, "health", async () => {
        const [body, text] = await Promise.all([ctx.api.get("/readyz"), ctx.api.text("/metrics")]);
        return { body, metrics: parseMetrics(text) };
      });
      load(ctx, "breaker", () =>
        ctx.api.get("/admin/circuit-breaker/history", { window: window() }),
      );
      load(ctx, "operations", () => ctx.api.get("/admin/operations"));
      load(ctx, "diagnosis", () => ctx.api.get("/diagnostics"));
    };
    load(ctx, "build", () => ctx.api.get("/"));
    const overview = () =>
      load(ctx, "overview", () => ctx.api.get("/dashboard/overview", { window: "24h" }));
    ask();
    overview();
    const timer = setInterval(() => document.visibilityState === "visible" && ask(), EVERY_MS);
    return { reload: () => (ask(), overview()), onQuery: ask, close: () => clearInterval(timer) };
  },
  view: (state, ctx) => operateView(state, ctx, { reset: () => reset(ctx) }),
  spoken(state) {
    const ready = resourceOf(state, "health").data?.body?.ok;
    if (ready === undefined) return null;
    return { text: ready ? "Every part is ready" : "A part is not ready", final: false };
  },
};

async function reset(ctx) {
  const agreed = await ctx.ask({
    title: "Close the circuit breaker?",
    body: html`<p>
      Calls to the runtime are made again at once. If it is still out of reach, the breaker opens
      again after a few failures. Who closed it is kept in the audit log.
    </p>`,
    confirm: "Close the breaker",
  });
  if (agreed === null) return;
  try {
    const { state } = await ctx.api.post("/admin/circuit-breaker/reset");
    ctx.notify("The breaker is " + state.toLowerCase().replace("_", " "));
  } catch (error) {
    ctx.guard(error);
    ctx.notify(problemLine(error));
  }
  ctx.page().reload();
}
