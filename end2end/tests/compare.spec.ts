// Two saved scenarios side by side, with and without JavaScript.
import type { Page } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { expect, test } from "../fixtures/page";

test.use({ expectedStatuses: [400, 404] });

const HOSTILE = "<script>alert(1)</script>";

test("two links are pasted, and what differs stands side by side", async ({ page, audit }) => {
  const left = await save(page, { ...system, name: "Before" });
  const right = await save(page, busier("After"));
  await page.goto("/compare");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Compare two scenarios");
  await page.getByLabel("Scenario A").fill(`${new URL(page.url()).origin}/s/${left}/revisions/1`);
  await page.getByLabel("Scenario B").fill(right);
  await page.getByRole("button", { name: "Compare" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/B costs about \$[\d,.]+ more a month/);
  await expect(page.getByRole("link", { name: "Before" })).toHaveAttribute("href", `/s/${left}/revisions/1`);
  const answers = page.getByRole("table", { name: "Answers that differ" });
  await expect(answers.getByRole("row").filter({ hasText: "Traffic" })).toHaveText(/500 million/);
  await expect(page.getByRole("table", { name: /^What changed on the bill/ }).first()).toContainText("quantity");
  await expect(page.locator("[data-chart-url]")).toHaveCount(1);
  await audit();

  await page.getByRole("link", { name: "Swap A and B" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/B costs about \$[\d,.]+ less a month/);
});

test("the differences of a bill add up to that of its totals", async ({ page }) => {
  const [left, right] = [await save(page, system), await save(page, busier("After"))];
  await page.goto(`/compare?left=${left}&right=${right}`);
  const bill = page.locator(".bill[open] table.changed");
  const cells = await bill.locator("tr > td:last-child").allTextContents();
  const cents = cells.map((text) => Math.round(Number(text.replace(/[$,+]/g, "")) * 100));
  const total = cents.pop() ?? NaN;
  const sum = cents.reduce((sum, line) => sum + line, 0);
  // Each line is rounded by itself.
  expect(Math.abs(sum - total)).toBeLessThanOrEqual(cents.length);
});

test("what is wrong is said beside its field, and the rest is kept", async ({ page, audit }) => {
  const left = await save(page, { ...system, name: HOSTILE });
  await page.goto(`/compare?left=${left}&right=shop`);
  await expect(page.getByRole("alert")).toContainText("B: This is not the id of a saved scenario");
  await expect(page.getByLabel("Scenario A")).toHaveValue(left);
  await expect(page.getByLabel("Scenario B")).toHaveValue("shop");
  await expect(page.getByLabel("Scenario B")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(`${HOSTILE}, revision 1`)).toBeVisible();
  await audit();
  await page.getByLabel("Scenario B").fill(`${left}@1`);
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A and B are the same revision of the same scenario");
});

test("a name of five hundred letters without a blank, from right to left, fits a phone", async ({ page, audit }) => {
  const left = await save(page, { ...system, name: "\u05e9".repeat(500) });
  const right = await save(page, { ...busier("x"), name: HOSTILE });
  await page.goto(`/compare?left=${left}&right=${right}`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await audit();
});

test("the chart of both is drawn over its image", async ({ page, javaScriptEnabled }) => {
  const [left, right] = [await save(page, system), await save(page, busier("After"))];
  await page.goto(`/compare?left=${left}&right=${right}`);
  const chart = page.locator("[data-chart-url]");
  await chart.scrollIntoViewIfNeeded();
  if (!javaScriptEnabled) {
    await expect(chart.locator("img")).toHaveJSProperty("complete", true);
    return;
  }
  await expect(chart.locator("svg")).toBeVisible();
  for (const words of ["A is here", "B is here"]) await expect(chart.locator("svg")).toContainText(words);
});

/** The same with two hundred and fifty times the traffic. */
function busier(name: string) {
  const [component] = system.components;
  const traffic = { ...component.traffic, requests_per_month: 500_000_000 };
  return { ...system, name, components: [{ ...component, traffic }] };
}

/** The id under which it is saved. */
async function save(page: Page, data: unknown): Promise<string> {
  const response = await page.request.post("/api/v1/scenarios", { data });
  expect(response.status()).toBe(201);
  return (await response.json()).id;
}
