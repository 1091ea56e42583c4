// Puts together target/site, everything that the server serves as a file: wasm, scripts, styles and public/.
//   node scripts/site.mjs WASM BINDINGS [--dev]
// Files of the browser part lie in pkg/<hash of them all>/, so that they can be cached for ever; manifest.json names the
// hash. A run with unchanged inputs does nothing, and a run with unchanged results leaves the old files (and so the
// server's build) alone. --dev leaves out what takes long: wasm-opt and the strongest compression.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const [wasm, makeBindings, flag] = process.argv.slice(2);
const dev = flag === "--dev";
const site = "target/site";
const next = `${site}.next`;
const stamp = `${site}.inputs`;
// Browsers of spring 2024 and later: CSS nesting, light-dark(), wasm's bulk memory.
const browsers = ["chrome123", "firefox123", "safari17.5"];

const inputs = hashOf([wasm, "package-lock.json", ...["scripts/site.mjs", "app/bindings", "app/js", "style", "public"].flatMap(files)], [dev]);
if (existsSync(`${site}/manifest.json`) && existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) {
  process.exit(0);
}

rmSync(next, { recursive: true, force: true });
mkdirSync(`${next}/pkg/new`, { recursive: true });
const pkg = `${next}/pkg/new`;

bindings();
scripts();
drawing();
styles();
const hash = hashOf(files(pkg)).slice(0, 16);
renameSync(pkg, `${next}/pkg/${hash}`);
cpSync("public", next, { recursive: true });
writeFileSync(`${next}/manifest.json`, `${JSON.stringify({ hash })}\n`);
for (const file of files(next)) if (!file.startsWith(`${next}/server/`)) compress(file);

if (existsSync(site) && hashOf(files(site), [], site) === hashOf(files(next), [], next)) {
  rmSync(next, { recursive: true });
} else {
  rmSync(site, { recursive: true, force: true });
  renameSync(next, site);
}
writeFileSync(stamp, inputs);
report();

/** The wasm with its JavaScript, made small. */
function bindings() {
  execFileSync(makeBindings, [wasm, pkg], { stdio: "inherit" });
  if (dev) return;
  const file = `${pkg}/breakeven_bg.wasm`;
  const flags = ["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"];
  execFileSync("node_modules/.bin/wasm-opt", [...flags, file, "-o", file], { stdio: "inherit" });
}

/** echarts.js is bundled from its entry; the small modules stay modules of their own. */
function scripts() {
  const common = { format: "esm", target: browsers, minify: true, legalComments: "none", logLevel: "warning" };
  const sources = files("app/js").filter((file) => dirname(file) === "app/js");
  for (const entry of sources.filter((file) => file.endsWith(".entry.js"))) {
    esbuild.buildSync({ ...common, entryPoints: [entry], bundle: true, outfile: `${pkg}/${basename(entry, ".entry.js")}.js` });
  }
  for (const module of sources.filter((file) => !file.endsWith(".entry.js"))) {
    cpSync(module, `${pkg}/${basename(module)}`);
  }
  for (const module of files(pkg).filter((file) => file.endsWith(".js") && basename(file) !== "echarts.js")) {
    const { code } = esbuild.transformSync(readFileSync(module, "utf8"), common);
    writeFileSync(module, code);
  }
}

/** What the server's own engine evaluates to draw charts as images; no browser gets it. */
function drawing() {
  esbuild.buildSync({ entryPoints: ["app/js/server/draw.js"], bundle: true, minify: true, format: "iife", target: "es2020", legalComments: "none", outfile: `${next}/server/draw.js`, logLevel: "warning" });
}

function styles() {
  esbuild.buildSync({ entryPoints: ["style/main.css"], bundle: true, minify: true, target: browsers, outfile: `${pkg}/main.css`, logLevel: "warning" });
}

/** Lays file.br and file.gz beside a file that gets smaller by it. */
function compress(file) {
  if (![".css", ".js", ".json", ".svg", ".txt", ".wasm"].includes(extname(file)) || basename(file) === "manifest.json") return;
  const bytes = readFileSync(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: dev ? 4 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const smaller = { br: brotliCompressSync(bytes, { params: quality }), gz: gzipSync(bytes, { level: dev ? 4 : 9 }) };
  for (const [suffix, packed] of Object.entries(smaller)) {
    if (packed.length < bytes.length * 0.9) writeFileSync(`${file}.${suffix}`, packed);
  }
}

function report() {
  const kb = (file) => (existsSync(file) ? `${(statSync(file).size / 1000).toFixed(1)} kB` : "-");
  for (const file of files(site).filter((name) => ![".br", ".gz"].includes(extname(name)))) {
    console.error(`    ${kb(file).padStart(10)}  brotli ${kb(`${file}.br`).padStart(9)}  ${relative(site, file)}`);
  }
}

/** All files below `path`, or `path` itself, in a fixed order. */
function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

/** One hash over the names and contents of `paths`. */
function hashOf(paths, more = [], base = dirname(paths[0])) {
  const hash = createHash("sha256").update(JSON.stringify(more));
  for (const path of paths) hash.update(`\n${relative(base, path)}\n`).update(readFileSync(path));
  return hash.digest("hex");
}
