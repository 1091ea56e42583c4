// A bounded load on the server at BASE_URL: 32 clients for LOAD_SECONDS (60) ask for pages and evaluations. Prints rates and latencies;
// fails on any answer but success and 503, which is how an overloaded server says so, and when the server is gone afterwards.
const base = process.env.BASE_URL;
const seconds = Number(process.env.LOAD_SECONDS ?? 60);
const clients = 32;

const system = JSON.stringify({ version: 1, components: [{ requests_per_month: 1_000_000, duration_ms: 200 }] });
const asks = [
  ["home page", () => fetch(`${base}/`)],
  ["evaluation", () => fetch(`${base}/api/v1/evaluate`, { method: "POST", headers: { "content-type": "application/json" }, body: system })],
];

const results = new Map(asks.map(([name]) => [name, { times: [], busy: 0, wrong: new Map() }]));
const end = performance.now() + seconds * 1000;

async function client(number) {
  for (let turn = number; performance.now() < end; turn++) {
    const [name, ask] = asks[turn % asks.length];
    const result = results.get(name);
    const started = performance.now();
    try {
      const answer = await ask();
      await answer.arrayBuffer();
      if (answer.status === 503) result.busy++;
      else if (answer.ok) result.times.push(performance.now() - started);
      else result.wrong.set(answer.status, (result.wrong.get(answer.status) ?? 0) + 1);
    } catch (error) {
      const reason = error.cause?.code ?? error.message;
      result.wrong.set(reason, (result.wrong.get(reason) ?? 0) + 1);
    }
  }
}

await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));

let failed = false;
for (const [name, { times, busy, wrong }] of results) {
  times.sort((a, b) => a - b);
  const at = (share) => (times[Math.floor(times.length * share)] ?? NaN).toFixed(1);
  console.log(`${name}: ${(times.length / seconds).toFixed(0)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, 503: ${busy}, wrong: ${JSON.stringify([...wrong])}`);
  failed ||= wrong.size > 0 || times.length === 0;
}
const alive = await fetch(`${base}/healthz`).then((answer) => answer.ok, () => false);
if (!alive) console.log("the server no longer answers /healthz");
process.exit(failed || !alive ? 1 : 0);
