// Rebuilds on each change of the sources and restarts the server; a build that fails leaves the old one serving.
import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";

const folders = ["model", "app", "server", "style", "public"];
const program = `${process.env.CARGO_TARGET_DIR ?? "target"}/debug/breakeven`;
const address = process.env.BREAKEVEN_ADDR ?? "127.0.0.1:3000";
let server = null;
let building = false;
let changed = false;

function run(command, args) {
  return new Promise((resolve) => spawn(command, args, { stdio: "inherit" }).on("exit", (code) => resolve(code === 0)));
}

async function restart() {
  if (server && server.exitCode === null) {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    // Open connections must not keep a person waiting.
    setTimeout(() => server.kill("SIGKILL"), 1000).unref();
    await gone;
  }
  server = spawn(program, ["serve"], { stdio: "inherit", env: { ...process.env, BREAKEVEN_ADDR: address } });
  console.error(`\nBreakeven is on http://${address}; watching ${folders.join(", ")}`);
}

async function build() {
  if (building) {
    changed = true;
    return;
  }
  building = true;
  do {
    changed = false;
    if (await run("scripts/build", ["--dev"])) await restart();
    else console.error("\nNot built; waiting for the next change");
  } while (changed);
  building = false;
}

let soon;
for (const folder of folders.filter(existsSync)) {
  watch(folder, { recursive: true }, (_, name) => {
    // Editors' and databases' own files are no change.
    if (name && /(~|\.sw.|\.db.*)$/.test(name)) return;
    clearTimeout(soon);
    soon = setTimeout(build, 200);
  });
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server?.kill("SIGTERM");
    process.exit(0);
  });
}
await build();
