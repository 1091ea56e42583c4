// The export bar: every file of an answer and of a saved scenario is there, with and without JavaScript.
import type { Page } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { expect, test } from "../fixtures/page";

const KINDS: [RegExp, string][] = [
  [/report\.pdf/, "application/pdf"],
  [/report\.md/, "text/markdown"],
  [/report\.xlsx/, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [/report\.json/, "application/json"],
  [/report\.(break-even\.)?csv/, "text/csv"],
  [/charts\/.*\.svg/, "image/svg+xml"],
  [/charts\/.*\.png/, "image/png"],
  [/tripwires\./, ""],
];

test("every file of an answer can be had", async ({ page, audit }) => {
  test.slow();
  await page.goto(
    "/answer?region=us-east-1&kind=http_api&name=Shop&traffic.requests_per_month=1000000&work.duration_ms=120&traffic.growth_per_month_pct=5",
  );
  const files = await links(page);
  // Growth has its picture once it is computed.
  expect(files.length).toBeGreaterThanOrEqual(16);
  await fetched(page, files);
  await audit();
});

test("every file of a saved scenario can be had", async ({ page }) => {
  test.slow();
  const saved = await page.request.post("/api/v1/scenarios", { data: { ...system, name: "Saved <b>shop</b>" } });
  await page.goto(`/s/${(await saved.json()).id}`);
  const files = await links(page);
  for (const file of files) expect(file).toContain("/revisions/1/");
  await fetched(page, files);
});

test("a file is named after the scenario and the day", async ({ page }) => {
  test.slow();
  await page.goto("/answer?region=us-east-1&name=Shop&traffic.requests_per_month=1000000&work.duration_ms=120");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "PDF", exact: true }).click();
  expect((await download).suggestedFilename()).toMatch(/^breakeven-shop-\d{4}-\d\d-\d\d\.pdf$/);
});

async function links(page: Page): Promise<string[]> {
  const bar = page.locator(".exports a");
  await expect(bar.first()).toBeVisible();
  return bar.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}

/** Asks for each file and checks its kind, and that it is there to be saved where it is no picture. */
async function fetched(page: Page, files: string[]) {
  for (const [pattern] of KINDS) expect(files.some((file) => pattern.test(file)), String(pattern)).toBe(true);
  for (const file of files) {
    const answer = await page.request.get(file);
    expect(answer.status(), file).toBe(200);
    const kind = KINDS.find(([pattern]) => pattern.test(file));
    expect(answer.headers()["content-type"], file).toContain(kind?.[1] ?? "unknown");
    if (!file.includes("/charts/")) expect(answer.headers()["content-disposition"], file).toContain("attachment; ");
    expect((await answer.body()).length, file).toBeGreaterThan(100);
  }
}
