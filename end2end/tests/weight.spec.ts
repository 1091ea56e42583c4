// How little a page sends, and that what matters is in it before any script runs.
import type { Page, Response } from "@playwright/test";
import { expect, inOpposites, test } from "../fixtures/page";
import { query, text } from "../fixtures/workload";

const MOST_BYTES = 40_000;
const MOST_ANSWER_BYTES = 120_000;
const MOST_SHIFT = 0.01;

inOpposites();

for (const [what, path] of [
  ["the home page", "/"],
  ["a question page", `/advise/quick?${query()}&step=5`],
]) {
  test(`the first load of ${what} takes at most 40 kB, without a script`, async ({ page }) => {
    const responses = record(page);
    await page.goto(path, { waitUntil: "networkidle" });
    const sizes = await Promise.all(
      responses.map(async (response) => {
        const { responseBodySize, responseHeadersSize } = await response.request().sizes();
        return { path: new URL(response.url()).pathname, bytes: responseBodySize + responseHeadersSize };
      }),
    );
    expect(sizes.length, "the page and at least its style").toBeGreaterThan(1);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0), JSON.stringify(sizes)).toBeLessThanOrEqual(MOST_BYTES);
    expect(sizes.filter(({ path }) => /\.(js|wasm)$/.test(path))).toEqual([]);
  });
}

test("the server's HTML holds the whole answer", async ({ page }) => {
  const response = await page.goto(`/answer?${query()}`);
  const html = await response?.text();
  const headline = await text(page.getByRole("heading", { level: 1 }));
  expect(headline).toMatch(/\$[\d,.]+ a month/);
  for (const sentence of headline.split(/(?<=\.) (?=[A-Z])/)) {
    expect(html, sentence).toContain(sentence.replaceAll("&", "&amp;"));
  }
  for (const part of ["/answer/charts/break_even", "The options side by side", "Break-even points", "Limits and headroom"]) {
    expect(html, part).toContain(part);
  }
});

test("the answer with its islands takes at most 120 kB before the charts' code", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "no islands");
  const responses = record(page);
  await page.goto(`/answer?${query()}`);
  await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
  const sizes = await Promise.all(
    responses
      .filter((response) => !/echarts|\/charts\/|\/answer\/(confidence|flips|growth)/.test(response.url()))
      .map(async (response) => {
        await response.finished();
        const { responseBodySize, responseHeadersSize } = await response.request().sizes();
        return { path: new URL(response.url()).pathname, bytes: responseBodySize + responseHeadersSize };
      }),
  );
  expect(sizes.some(({ path }) => path.endsWith(".wasm")), JSON.stringify(sizes)).toBe(true);
  expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0), JSON.stringify(sizes)).toBeLessThanOrEqual(MOST_ANSWER_BYTES);
});

test("nothing moves once the answer is on the screen", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "nothing can move, and nothing could tell");
  await page.addInitScript(() => {
    const shifts: { value: number; moved: string[] }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node | null }[] })[]) {
        shifts.push({ value: entry.value, moved: entry.sources.map(({ node }) => node?.nodeName ?? "?") });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`/answer?${query()}`, { waitUntil: "networkidle" });
  await page.locator("[data-chart-url]").first().scrollIntoViewIfNeeded();
  await expect(page.locator("[data-chart-url] > div > svg").first()).toBeVisible();
  await page.getByRole("button", { name: "Copy link" }).scrollIntoViewIfNeeded();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number }[] }).shifts);
  expect(shifts.reduce((sum, { value }) => sum + value, 0), JSON.stringify(shifts)).toBeLessThan(MOST_SHIFT);
});

function record(page: Page): Response[] {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  return responses;
}
