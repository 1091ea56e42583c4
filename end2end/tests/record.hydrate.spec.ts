// The chart of the decision record, drawn by the library that draws it on GitHub, in its light and its dark theme.
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { expect, test } from "../fixtures/page";

type Mermaid = {
  initialize(options: { startOnLoad: boolean; theme: string; securityLevel: string }): void;
  render(id: string, text: string): Promise<{ svg: string }>;
};

const LIBRARY = createRequire(import.meta.url).resolve("@mermaid-js/tiny");
const ANSWER = "/answer/report.md?region=us-east-1&kind=http_api&work.duration_ms=120&traffic.requests_per_month";

test.skip(({ isMobile }) => isMobile, "a picture of the report, not of a page");

// Costs of cents, of hundreds, of thousands, of millions.
for (const requests of ["1000", "1000000", "500000000", "1000000000000"]) {
  test(`the chart of a decision record is drawn at ${requests} requests`, async ({ page }) => {
    const charts = await read(page, `${ANSWER}=${requests}`);
    expect(charts).toHaveLength(1);
    await drawn(page, charts);
  });
}

test("each component has its chart, whatever it is called", async ({ page }) => {
  const [component] = system.components;
  const components = ['"] --> {x}', "```\n%%{init: {}}%%"].map((name) => ({ ...component, name }));
  const saved = await page.request.post("/api/v1/scenarios", { data: { ...system, name: "```", components, links: [] } });
  expect(saved.status()).toBe(201);
  const charts = await read(page, `/s/${(await saved.json()).id}/report.md`);
  expect(charts).toHaveLength(2);
  await drawn(page, charts);
});

async function read(page: Page, path: string): Promise<string[]> {
  const record = await (await page.request.get(path)).text();
  return [...record.matchAll(/```mermaid\n([^]*?)```/g)].map((found) => found[1]);
}

async function drawn(page: Page, charts: string[]) {
  for (const theme of ["default", "dark"]) {
    await page.goto("about:blank");
    await page.addScriptTag({ path: LIBRARY });
    for (const chart of charts) await draw(page, theme, chart);
  }
}

/** Draws a chart; there is a bar and a name for each option, and nothing lies over anything else. */
async function draw(page: Page, theme: string, chart: string) {
  const { bars, words } = await page.evaluate(
    async ([theme, chart]) => {
      const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
      mermaid.initialize({ startOnLoad: false, theme, securityLevel: "strict" });
      const place = document.createElement("div");
      place.innerHTML = (await mermaid.render(`chart-${document.body.childElementCount}`, chart)).svg;
      document.body.append(place);
      const box = (element: Element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { text: element.textContent ?? "", left, right, top, bottom };
      };
      return {
        bars: place.querySelectorAll("[class^=bar-plot] rect").length,
        words: [...place.querySelectorAll("text")].map(box),
      };
    },
    [theme, chart],
  );
  const options = [...(/x-axis \[(.*)\]/.exec(chart)?.[1].matchAll(/"([^"]*)"/g) ?? [])].map((found) => found[1]);
  expect(options.length).toBeGreaterThan(3);
  expect(bars).toBe(options.length);
  expect(words.map((word) => word.text)).toEqual(expect.arrayContaining(options));
  for (const [place, word] of words.entries()) {
    expect(word.left, `${word.text} is cut off`).toBeGreaterThanOrEqual(0);
    const under = words.slice(0, place).filter((other) => word.left < other.right && other.left < word.right && word.top < other.bottom && other.top < word.bottom);
    expect(under.map((other) => `${word.text} over ${other.text}`)).toEqual([]);
  }
}
