// SPDX-License-Identifier: Apache-2.0
import { html, svg } from "../vendor/html.js";
import { formatCount, timeOf, clock, dayAndClock } from "./format.js";

const [WIDTH, HEIGHT, GAP, WIDEST] = [480, 96, 2, 28];

/** Pure: the bars of a chart within a box of the given size. */
export function barsOf(data, width = WIDTH, height = HEIGHT) {
  const most = Math.max(1, ...data);
  const step = width / Math.max(1, data.length);
  return data.map((value, at) => {
    const tall = Math.max(value > 0 ? 2 : 0, Math.round((value / most) * height));
    return {
      x: at * step,
      y: height - tall,
      width: Math.min(WIDEST, Math.max(1, step - GAP)),
      height: tall,
      value,
    };
  });
}

/** Bars with the same numbers as a table behind them. */
export function barChart(title, { labels, data }) {
  const name = (label) => (timeOf(label) === null ? label : dayAndClock(timeOf(label)));
  const short = (label) => (timeOf(label) === null ? label : clock(timeOf(label)).slice(0, 5));
  const total = data.reduce((sum, one) => sum + one, 0);
  return html`<figure class="chart">
    <figcaption>
      ${title}
      <span class="count"
        >${formatCount(total)} in all, at most ${formatCount(Math.max(0, ...data))} at once</span
      >
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${barsOf(data).map((bar, at) => svg`<rect x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height}><title>${name(labels[at] ?? "")}: ${bar.value}</title></rect>`)}
    </svg>
    <p class="chart-ends hint">
      <span>${short(labels[0] ?? "")}</span><span>${short(labels.at(-1) ?? "")}</span>
    </p>
    <details>
      <summary>As a table</summary>
      <table class="data">
        <caption class="visually-hidden">
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" class="num">Runs</th>
          </tr>
        </thead>
        <tbody>
          ${labels.map(
            (label, at) =>
              html`<tr>
                <th scope="row">${name(label)}</th>
                <td class="num">${formatCount(data[at])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>`;
}
