// Numbers on the axes and in the tooltips of charts. An option names its words in braces; the pages and the server's
// engine put the functions in their place, because JSON holds none.

const steps = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]];

const digits = (value) => String(Number(value.toPrecision(3)));

function count(value) {
  const [size, letter] = steps.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  return digits(value / size) + letter;
}

const usd = (value) => (value < 0 ? `-$${count(-value)}` : `$${count(value)}`);

function duration(ms) {
  if (ms >= 120_000) return `${digits(ms / 60_000)} min`;
  return ms >= 1_000 ? `${digits(ms / 1_000)} s` : `${digits(ms)} ms`;
}

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const day = (hour) => days[Math.floor(hour / 24)] ?? "";

const words = { "{count}": count, "{day}": day, "{ms}": duration, "{usd}": usd };
// Of a point with two coordinates the last one is meant.
const ofPoint = (word) => (value) => word([value].flat().at(-1));

/** A copy of `option` with the functions that its braces name. */
export function withWords(option) {
  if (typeof option === "string") return words[option] ?? option;
  if (Array.isArray(option)) return option.map(withWords);
  if (option === null || typeof option !== "object") return option;
  const entries = Object.entries(option).map(([key, inner]) => {
    const word = withWords(inner);
    return [key, key === "valueFormatter" && typeof word === "function" ? ofPoint(word) : word];
  });
  // Lines of a name stand apart.
  if (typeof option.formatter === "string" && option.formatter.includes("\n")) entries.push(["lineHeight", 15]);
  return Object.fromEntries(entries);
}
