// Draws a chart option as SVG where there is no browser: the server's embedded engine evaluates this file, bundled with
// the same parts of Apache ECharts as the pages load, and calls `draw`.
import "./shims.js";
import { init } from "../echarts.entry.js";
import { withWords } from "../words.js";

/** The chart of `optionJson` as the text of an SVG of that size. */
globalThis.draw = (optionJson, width, height) => {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...withWords(JSON.parse(optionJson)), animation: false, tooltip: { show: false } });
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
};
