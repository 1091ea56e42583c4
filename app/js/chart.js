// Draws the charts of a page over the images that the server sent: when one comes near the screen, in the colours of the
// page, and again when the size, the colour scheme or the medium changes. Works under a content security policy without
// inline scripts and styles. Where something fails, the image stays.
import { withWords } from "./words.js";

const library = new URL("./echarts.js", import.meta.url);

const still = matchMedia("(prefers-reduced-motion: reduce)");
const scheme = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");
const phone = matchMedia("(max-width: 46rem)");
/** Width of a printed chart: that of a page's text, whatever screen it is printed from. */
const PRINTED = 680;

const known = new WeakMap();

/** Draws each `[data-chart-url]` once it is near; one that is drawn already and has a new address, again. */
export function attachAll(within = document) {
  for (const element of within.querySelectorAll("[data-chart-url]")) {
    const chart = known.get(element);
    if (chart) chart.refresh();
    else attach(element);
  }
}

function attach(element) {
  const chart = new Chart(element);
  known.set(element, chart);
  whenNear(element, () => chart.start());
}

class Chart {
  #element;
  #drawing = null;
  #instance = null;
  #at = -1;
  #shown = "";

  constructor(element) {
    this.#element = element;
  }

  async start() {
    // A page that is left takes its requests with it.
    const [echarts, loaded] = await Promise.all([import(library.href).catch(() => null), this.#load()]);
    if (!echarts || !loaded) return;
    this.#fit();
    this.#element.replaceChildren();
    this.#instance = echarts.init(this.#element, null, { renderer: "svg" });
    this.#draw();

    new ResizeObserver(() => this.#resize()).observe(this.#element);
    for (const query of [scheme, still]) query.addEventListener("change", () => this.#draw());
    for (const query of [phone, print]) {
      query.addEventListener("change", () => {
        this.#fit();
        this.#resize();
        this.#draw();
      });
    }
    this.#listen();
  }

  /** Shows what is at the element's address now. */
  async refresh() {
    if (!this.#instance || this.#shown === this.#element.dataset.chartUrl || !(await this.#load())) return;
    this.#fit();
    this.#resize();
    this.#draw();
  }

  /** Whether there is something to draw, and nothing newer was asked for meanwhile. */
  async #load() {
    const address = this.#element.dataset.chartUrl;
    this.#shown = address;
    const response = await fetch(address).catch(() => null);
    if (!response?.ok || this.#shown !== address) return false;
    this.#drawing = await response.json().catch(() => null);
    return this.#drawing !== null;
  }

  /** As tall as the image was, so that nothing moves. */
  #fit() {
    const { width, height } = this.#picture();
    this.#element.style.aspectRatio = `${width} / ${height}`;
  }

  /** A page has its size when it is printed, not before: nothing can be measured then. */
  #resize() {
    const { width, height } = this.#picture();
    const size = print.matches ? { width: PRINTED, height: (PRINTED * height) / width } : { width: "auto", height: "auto" };
    this.#instance.resize(size);
  }

  #picture() {
    return phone.matches && !print.matches ? this.#drawing.narrow : this.#drawing.wide;
  }

  #draw() {
    const option = withWords(withPageColours(this.#picture().option));
    // An HTML tooltip would need inline styles, which the policy refuses.
    option.tooltip = {
      backgroundColor: custom("--paper-raised"),
      borderColor: custom("--rule"),
      confine: true,
      textStyle: { color: custom("--ink") },
      ...option.tooltip,
      renderMode: "richText",
    };
    option.textStyle = { fontFamily: getComputedStyle(this.#element).fontFamily, ...option.textStyle };
    if (still.matches || print.matches) option.animation = false;
    this.#instance.setOption(option, { notMerge: true });
  }

  /** The arrow keys go from point to point, as the mouse does. */
  #listen() {
    const element = this.#element;
    element.tabIndex = 0;
    element.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const points = this.#picture().option.series?.[0]?.data?.length ?? 0;
      if (!step || !points) return;
      event.preventDefault();
      this.#at = Math.min(Math.max(this.#at + step, 0), points - 1);
      this.#instance.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: this.#at });
    });
    element.addEventListener("blur", () => this.#instance.dispatchAction({ type: "hideTip" }));
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
  if (typeof value === "string") return value.replace(/^var\((--[\w-]+)\)$/, (_, name) => custom(name));
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
