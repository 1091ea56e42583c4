// What the export bar does with a script: copy the options as a table, print.
import { expect, test } from "../fixtures/page";

test("the options are copied as a Markdown table", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/answer?region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120");
  const cost = await page.locator("table.options tbody td").first().textContent();
  await page.getByRole("button", { name: "Copy as Markdown table" }).click();
  await expect(page.locator(".exports").getByRole("status")).toHaveText("Copied");
  const table = await page.evaluate(() => navigator.clipboard.readText());
  expect(table.split("\n")[0]).toBe("| Option | Estimate a month | P50 | P95 | P99 | Cold starts |");
  expect(table).toContain(`| ${cost} |`);
});

test("the page is printed", async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await page.goto("/answer?region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120");
  await page.getByRole("button", { name: "Print" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-printed", "");
});
