// The chart that a script draws over the server's, and the island that copies a link.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures/page";
import { query, text, texts } from "../fixtures/workload";

/** How far from the screen a chart is when its library is fetched, in pixels. */
const NEAR = 400;

declare global {
  interface Window {
    violations: string[];
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
});

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => window.violations), "violations of the content security policy").toEqual([]);
});

test("the chart's library is fetched when the chart comes near, not before", async ({ page, viewport }) => {
  const height = 150;
  await page.setViewportSize({ width: viewport?.width ?? 1280, height });
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`/answer?${query()}`, { waitUntil: "networkidle" });
  const box = await chart(page).boundingBox();
  expect(box?.y, "the chart must lie far below for this to say something").toBeGreaterThan(height + NEAR);
  expect(fetched.filter((path) => path.includes("echarts"))).toEqual([]);

  await draw(page);
  expect(fetched.filter((path) => path.includes("echarts"))).toHaveLength(1);
});

test("the chart names its options and shows where you are", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  await draw(page);
  const names = (await lines(page)).map((line) => line.name);
  expect(names.join()).toMatch(/Lambda/);
  expect(names.length).toBeGreaterThan(2);
  const drawn = (await chart(page).locator("svg text").allTextContents()).join(" ");
  for (const word of [...names.flatMap((name) => name.split(" ")), "you are here"]) expect(drawn, word).toContain(word);
});

test("the mark of where you are lies on the chart, however much the traffic", async ({ page }) => {
  await page.goto(`/answer?${query({ "traffic.requests_per_month": "1e13" })}`);
  await draw(page);
  const [area, mark] = await Promise.all([chart(page).boundingBox(), chart(page).getByText("you are here").boundingBox()]);
  expect(mark?.x).toBeGreaterThan(area?.x ?? 0);
  expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThanOrEqual((area?.x ?? 0) + (area?.width ?? 0));
});

test("no word of a chart is cut off by its edge", async ({ page }) => {
  test.slow();
  await page.goto("/");
  const links = page.locator('a[href^="/answer?"]');
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  // Names of all lengths, a cold start far beyond the target, and a system of several parts, whose answers are packed.
  for (const example of [/[?&]name=Java\+service&/, /[?&]name=Chat&/, /[?&]s=/]) {
    const path = paths.find((path) => example.test(path));
    expect(path, String(example)).toBeDefined();
    await page.goto(path ?? "");
    const drawings = await page.locator("[data-chart-url]:not([data-later] *)").all();
    expect(drawings.length, path).toBeGreaterThan(3);
    for (const drawing of drawings) {
      await drawing.scrollIntoViewIfNeeded();
      await expect(drawing.locator("svg")).toBeVisible();
      expect(await cutOff(drawing), `${await drawing.getAttribute("data-chart-url")}`).toEqual([]);
    }
  }
});

/** The words that reach over the left or right edge of what is drawn. */
function cutOff(drawing: Locator): Promise<string[]> {
  return drawing.evaluate((element) => {
    const edge = element.getBoundingClientRect();
    const words = Array.from(element.querySelectorAll("svg text"));
    const over = words.filter((word) => {
      const box = word.getBoundingClientRect();
      return box.width > 0 && (box.left < edge.left - 1 || box.right > edge.right + 1);
    });
    return over.map((word) => word.textContent ?? "");
  });
}

test("a printed chart has the size of the page's text, and on the screen its own again", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  await draw(page);
  const width = () => chart(page).locator("svg").first().evaluate((svg) => svg.getAttribute("width"));
  const before = await width();
  await page.emulateMedia({ media: "print" });
  await expect.poll(width).toBe("680");
  await page.emulateMedia({ media: "screen" });
  await expect.poll(width).toBe(before);
});

test("the tables beside the chart hold the same break-evens and costs", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  const figure = page.locator("section[data-part='break-even-0']");
  const finding = await text(figure.getByRole("heading", { level: 2 }));
  const named = /(?:from|at) about ([\d.,]+(?: \w+illion)?) requests a month/.exec(finding)?.[1];
  const rows = await texts(page.getByRole("table", { name: /^Break-even points/ }).locator("tbody th"));
  expect(rows, finding).toContain(named);

  const rings = (await series(page)).find(({ name }) => name === "Break-even");
  expect(rings?.data, "rings on the chart").toHaveLength(rows.length);
  const columns = figure.locator("details", { hasText: "The chart as a table" }).first().locator("thead th");
  expect(await texts(columns)).toEqual(["Requests a month", ...(await lines(page)).map((line) => line.name)]);
});

test("the chart changes with the colour scheme and with the width", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`/answer?${query()}`);
  await draw(page);
  const light = await ink(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => ink(page)).not.toEqual(light);
  await expect(chart(page).getByText("you are here")).toHaveCount(1);

  const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: width - 40, height });
  await expect.poll(async () => {
    const [outer, inner] = await Promise.all([chart(page).boundingBox(), chart(page).locator("svg").boundingBox()]);
    return Math.round((outer?.width ?? 0) - (inner?.width ?? 0));
  }).toBe(0);
});

test("the arrow keys show the numbers point by point", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/answer?${query()}`);
  await draw(page);
  const before = await chart(page).locator("svg text").count();
  await chart(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => chart(page).locator("svg text").count()).toBeGreaterThan(before);
  await page.keyboard.press("Tab");
  await expect.poll(() => chart(page).locator("svg text").count()).toBe(before);
});

test("the button that copies the link comes alive and copies it", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const wasm = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await page.goto(`/answer?${query()}`);
  expect((await wasm).headers()["content-type"]).toBe("application/wasm");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/\/answer\?/);
  expect(new URL(copied).origin).toBe(baseURL);

  const headline = await text(page.getByRole("heading", { level: 1 }));
  await page.goto(copied);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(headline);
});

function chart(page: Page) {
  return page.locator("[data-chart-url]").first();
}

/** What the script is told to draw. */
async function series(page: Page): Promise<{ name: string; type: string; data: number[][] }[]> {
  const url = (await chart(page).getAttribute("data-chart-url")) ?? "";
  const response = await page.request.get(url);
  return (await response.json()).wide.option.series;
}

/** The lines of options; the edges of a band have no name. */
async function lines(page: Page) {
  return (await series(page)).filter(({ type, name }) => type === "line" && name);
}

/** Scrolls to the chart and waits for the script's drawing, which stands in an element of its own. */
async function draw(page: Page) {
  await chart(page).scrollIntoViewIfNeeded();
  await expect(chart(page).locator(":scope > div > svg")).toBeVisible();
}

/** The colours of the drawing. */
async function ink(page: Page): Promise<string[]> {
  const strokes = await chart(page).locator("svg [stroke]").evaluateAll((paths) => paths.map((path) => path.getAttribute("stroke") ?? ""));
  return [...new Set(strokes)].sort();
}
