// Draws a chart option, JSON that the server wrote, into an element: when it comes near the screen, in the colours of
// the page, and again when the size, the colour scheme or the medium changes. Needs no wasm, and works under a content
// security policy without inline scripts and styles.

const drawn = Symbol.for("breakeven.chart");

// wasm-bindgen ships this file as snippets/<crate>/js/chart.js; the library lies beside that folder, or beside this file.
const library = new URL(
  import.meta.url.includes("/snippets/") ? "../../../echarts.js" : "./echarts.js",
  import.meta.url,
);

const still = matchMedia("(prefers-reduced-motion: reduce)");
const scheme = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");

/** Draws `optionJson` into `element`; a second call for the same element shows the new option. */
export function drawChart(element, optionJson) {
  const option = JSON.parse(optionJson);
  if (element[drawn]) {
    element[drawn].show(option);
    return;
  }
  const chart = new Chart(element, option);
  element[drawn] = chart;
  whenNear(element, () => chart.start());
}

/** Takes the chart out of `element` again, with everything that watches for it. */
export function disposeChart(element) {
  element[drawn]?.stop();
  delete element[drawn];
}

/** Draws each `[data-chart]`, whose option is in a JSON script inside it or right after it. */
export function attachAll(within = document) {
  for (const element of within.querySelectorAll("[data-chart]")) {
    const json = [...element.children, element.nextElementSibling].find((node) =>
      node?.matches('script[type="application/json"]'),
    );
    if (json && !element[drawn]) drawChart(element, json.textContent);
  }
}

class Chart {
  #element;
  #option;
  #instance = null;
  #end = new AbortController();

  constructor(element, option) {
    this.#element = element;
    this.#option = option;
  }

  async start() {
    const { init } = await import(library.href);
    if (this.#end.signal.aborted) return;
    this.#element.replaceChildren();
    this.#instance = init(this.#element, null, { renderer: "svg" });
    this.#draw();

    const sizes = new ResizeObserver(() => this.#instance.resize());
    sizes.observe(this.#element);
    this.#end.signal.addEventListener("abort", () => sizes.disconnect());
    for (const query of [scheme, print, still]) {
      query.addEventListener("change", () => this.#draw(), { signal: this.#end.signal });
    }
  }

  show(option) {
    this.#option = option;
    if (this.#instance) this.#draw();
  }

  stop() {
    this.#end.abort();
    this.#instance?.dispose();
    this.#instance = null;
  }

  #draw() {
    const option = withPageColours(this.#option);
    // An HTML tooltip would need inline styles, which the policy refuses.
    option.tooltip = { ...option.tooltip, renderMode: "richText" };
    option.textStyle = { fontFamily: getComputedStyle(this.#element).fontFamily, ...option.textStyle };
    if (still.matches || print.matches) option.animation = false;
    this.#instance.setOption(option, { notMerge: true });
  }
}

function whenNear(element, act) {
  const start = () => {
    watch.disconnect();
    removeEventListener("beforeprint", start);
    act();
  };
  const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && start(), {
    rootMargin: "400px",
  });
  watch.observe(element);
  // What is printed was not always scrolled to.
  addEventListener("beforeprint", start);
}

/** A copy of `value` in which each `var(--name)` is what the page's styles say now. */
function withPageColours(value) {
  if (typeof value === "string") return value.replace(/var\((--[\w-]+)\)/g, (_, name) => custom(name));
  if (Array.isArray(value)) return value.map(withPageColours);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPageColours(inner)]));
}

function custom(name) {
  const raw = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return CSS.supports("color", raw) ? plainColour(name) : raw;
}

/** The colour as `rgb()`, the only notation beside hex that ECharts reads; `light-dark()` and `oklch()` become that. */
function plainColour(name) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  if (colour.startsWith("rgb")) return colour;

  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}
