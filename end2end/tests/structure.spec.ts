// The skeleton of each page as a screen reader has it: landmarks and headings, in their order, as snapshots beside this
// file. Anew: scripts/end2end structure --update-snapshots
import type { Page } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { expect, once, test } from "../fixtures/page";
import { query } from "../fixtures/workload";

once();

const pages: [name: string, path: string | ((page: Page) => Promise<string>)][] = [
  ["home", "/"],
  ["question", `/advise/quick?${query()}&step=4`],
  ["section", `/advise/0/traffic?${query()}`],
  ["parts", `/advise/system?${query()}`],
  ["check", `/check?${query()}`],
  ["answer", `/answer?${query()}`],
  ["confidence", `/answer/confidence?${query()}`],
  ["compare-form", "/compare"],
  ["compare", compared],
  ["claims", "/claims"],
  ["prices", "/prices"],
  ["recover", "/scenarios/recover"],
  ["scenarios", "/scenarios"],
  ["method", "/method"],
  ["api", "/api"],
  ["nothing", "/nothing"],
];

test.use({ expectedStatuses: [404] });

for (const [name, path] of pages) {
  test(`landmarks and headings: ${name}`, async ({ page }) => {
    // An answer that was checked is known whole, and shows all its parts at once.
    if (name === "answer") await page.goto(`/check?${query()}`);
    await page.goto(typeof path === "string" ? path : await path(page));
    expect(await skeleton(page)).toMatchSnapshot(`${name}.yml`);
    expect(await page.title()).toMatch(/Breakeven/);
    await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", /\w/);
    await expect(page.locator('meta[property="og:title"]')).toHaveAttribute("content", /\w/);
  });
}

/** Two saved scenarios, of which the second is busier. */
async function compared(page: Page): Promise<string> {
  const ids = [2_000_000, 500_000_000].map(async (requests_per_month) => {
    const [component] = system.components;
    const data = { ...system, components: [{ ...component, traffic: { ...component.traffic, requests_per_month } }] };
    const response = await page.request.post("/api/v1/scenarios", { data });
    return (await response.json()).id;
  });
  const [left, right] = await Promise.all(ids);
  return `/compare?left=${left}&right=${right}`;
}

/** Landmarks and headings of the ARIA snapshot; a number is `#`, because prices change. */
async function skeleton(page: Page): Promise<string> {
  const tree = await page.locator("body").ariaSnapshot();
  const kept = tree.split("\n").filter((line) => /^\s*- '?(banner|main|contentinfo|complementary|navigation|region|search|form|heading)\b/.test(line));
  return `${kept.map((line) => line.replace(/:$/, "").replace(/(?<![\w=])\$?\d[\d,.]*\d?( million)?/g, "#")).join("\n")}\n`;
}

test("a page at twice its size scrolls only down", async ({ page }) => {
  // 1280 px at 200 % leaves room for 640.
  await page.setViewportSize({ width: 640, height: 450 });
  for (const path of ["/", `/advise/0/work?${query()}`, `/check?${query()}`, `/answer?${query()}`, "/claims", "/prices", "/method", "/api"]) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});

test("on paper the answer has no sheet and no navigation", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".sheet")).toBeHidden();
  await expect(page.locator("header.site nav")).toBeHidden();
  for (const form of await page.locator("main form").all()) await expect(form).toBeHidden();
});
