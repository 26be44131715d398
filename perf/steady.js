// SPDX-License-Identifier: Apache-2.0
'use strict';
/*
 * What a server does once it is warm: the speed along one long run, waits at half load, and what
 * readers cost that only wait. Plays the runtime and starts the server with the modules of the
 * black-box harness; run by `./dev bench DIR --steady`.
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { performance } = require('node:perf_hooks');

const ENDED = ['completed', 'failed', 'cancelled'];

const options = read(process.argv.slice(2));
const harness = createRequire(path.join(path.resolve(options.harness), 'bench.js'));
const { FakeRuntime } = harness('./fake-runtime');
const { launch, awaitPersisted } = harness('./lib/runs');
const { SseClient } = harness('./lib/sse');
const { Target } = harness('./lib/target');

const SCENARIOS = { flat, half, idle };

main().then(
  () => process.exit(0),
  (problem) => {
    console.error(problem);
    process.exit(1);
  },
);

function read(words) {
  const given = { only: 'flat,half,idle', warmup: '100', envelopes: '100000', rate: '2000' };
  for (let i = 0; i < words.length; i += 2) {
    if (!words[i].startsWith('--') || words[i + 1] === undefined) {
      throw new Error(`an option with its value is wanted, not ${words[i]}`);
    }
    given[words[i].slice(2)] = words[i + 1];
  }
  return given;
}

async function main() {
  const names = options.only.split(',');
  const unknown = names.filter((name) => !(name in SCENARIOS));
  if (unknown.length > 0) {
    throw new Error(`--only takes ${Object.keys(SCENARIOS).join(', ')}, not ${unknown}`);
  }
  fs.mkdirSync(options.out, { recursive: true });
  const protoDir = options['proto-dir'];
  const port = Number(options['runtime-port']);
  const runtime = await new FakeRuntime({ protoDir, port }).start();
  const db = { adminUrl: options['pg-admin-url'], dataDir: options['pg-data'], restartCmd: [] };
  const target = new Target(JSON.parse(fs.readFileSync(options.targets, 'utf8')), {
    protoDir,
    outDir: options.out,
    runtime,
    db,
  });
  await target.freshDatabase();
  await target.start();
  try {
    await warmUp(target, runtime);
    const tables = [];
    for (const name of names) {
      tables.push(await SCENARIOS[name](target, runtime));
      console.error(tables.at(-1));
    }
    fs.writeFileSync(path.join(options.out, 'results.md'), tables.join('\n\n'));
  } finally {
    await target.stop();
  }
}

async function warmUp(target, runtime) {
  const end = performance.now() + Number(options.warmup) * 1000;
  while (performance.now() < end) {
    const { runs } = await launch(target, 10, { n: 500 });
    release(runs);
    await awaitPersisted(target, runs, 60000);
    drop(runtime, runs);
  }
}

/** One run from its first envelope to its last, in ten stretches. */
async function flat(target, runtime) {
  const count = Number(options.envelopes);
  const { runs } = await launch(target, 1, { n: count });
  const meter = target.meter().start();
  const begin = performance.now();
  release(runs);
  const marks = await marksOf(target, runs[0].runId, begin);
  const used = meter.stop();
  drop(runtime, runs);
  const perEnvelope = marks.at(-1).seq / count;
  const rows = [];
  let before = 0;
  for (let part = 1; part <= 10; part += 1) {
    const upTo = (count / 10) * part;
    const mark = marks.find((one) => one.seq >= upTo * perEnvelope - 5) ?? marks.at(-1);
    rows.push(`| ${upTo} | ${Math.round((count / 10 / (mark.ms - before)) * 1000)} |`);
    before = mark.ms;
  }
  return [
    `One run of ${count} envelopes, ${cost(used, count)}`,
    '',
    '| up to envelope | envelopes/s |',
    '|--:|--:|',
    ...rows,
  ].join('\n');
}

/** How far the log of a run is, ten times a second until it ends. */
async function marksOf(target, runId, begin) {
  const marks = [];
  while (performance.now() - begin < 300000) {
    const { json } = await target.api.get(`/runs/${runId}`);
    marks.push({ seq: Number(json.lastEventSeq), ms: performance.now() - begin });
    if (ENDED.includes(json.status)) return marks;
    await sleep(100);
  }
  throw new Error('the run did not end within five minutes');
}

/** Ten runs with one reader each, for twenty seconds, three times. */
async function half(target, runtime) {
  const rate = Number(options.rate) / 10;
  const rows = [];
  for (let round = 0; round < 3; round += 1) {
    const { runs } = await launch(target, 10, { n: rate * 20, rate });
    const readers = [];
    for (const run of runs) {
      readers.push(await reader(target, run, '?includeSnapshot=false', run.session.acceptedAt));
    }
    const meter = target.meter().start();
    release(runs);
    await until(() => readers.every((one) => one.ended), 60000);
    const used = meter.stop();
    drop(runtime, runs);
    const waits = readers.flatMap((one) => one.latencies).sort((a, b) => a - b);
    rows.push(`| ${at(waits, 0.5)} | ${at(waits, 0.99)} | ${cost(used, rate * 200)} |`);
  }
  const metrics = await (await fetch(`${target.baseUrl}/metrics`)).text();
  const waits = metrics.split('\n').filter((line) => /^macp_(ingest_lag|ledger_commit)/.test(line));
  return [
    `${options.rate} envelopes/s: from the runtime's emission to a reader`,
    '',
    '| p50 ms | p99 ms | CPU |',
    '|--:|--:|---|',
    ...rows,
    '',
    '```',
    ...waits,
    '```',
  ].join('\n');
}

/** A thousand readers of a run in which little happens. */
async function idle(target, runtime) {
  const { runs } = await launch(target, 1, { n: 100, rate: 1 });
  const before = await resident(target);
  const readers = [];
  for (let i = 0; i < 1000; i += 1) {
    readers.push(await reader(target, runs[0], '?includeSnapshot=true'));
  }
  await sleep(20000);
  const after = await resident(target);
  const open = readers.filter((one) => !one.ended).length;
  readers.forEach((one) => one.close?.());
  drop(runtime, runs);
  return `Resident MiB: ${before} without readers, ${after} with ${open} of 1000`;
}

/** After a collection, so that what is free is not counted. */
async function resident(target) {
  execFileSync(path.join(process.env.JAVA_HOME, 'bin', 'jcmd'), [String(target.pid), 'GC.run']);
  await sleep(3000);
  const status = fs.readFileSync(`/proc/${target.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
}

async function reader(target, run, query, emittedAt) {
  const client = new SseClient(target.baseUrl, target.apiKey, run.runId, { query, emittedAt });
  await client.open();
  return client;
}

function release(runs) {
  runs.forEach((run) => run.session.release());
}

function drop(runtime, runs) {
  runs.forEach((run) => runtime.dropSession(run.sessionId));
}

function cost(used, count) {
  const each = (seconds) => ((seconds * 1000) / count).toFixed(3);
  const others = used.othersCpuS.toFixed(1);
  return `server ${each(used.serverCpuS)} ms, database ${each(used.dbCpuS)} ms, others ${others} s`;
}

function at(sorted, share) {
  return sorted.length === 0 ? 'none' : sorted[Math.floor(sorted.length * share)].toFixed(1);
}

async function until(condition, ms) {
  const end = performance.now() + ms;
  while (!condition() && performance.now() < end) await sleep(50);
}

function sleep(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
