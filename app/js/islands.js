// Brings the islands of a page to life: <script type="module" src="/pkg/{hash}/islands.js">. A file of its own, so that
// no inline script is needed; what it does is what Leptos' own inline loader does.
import init, * as program from "./breakeven.js";

await init({ module_or_path: new URL("./breakeven_bg.wasm", import.meta.url) });
program.hydrate();
for (const island of document.querySelectorAll("leptos-island")) {
  await program[island.dataset.component]?.(island);
}
