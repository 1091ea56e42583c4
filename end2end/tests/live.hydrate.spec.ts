// The sheet beside the answer: what is typed shows at once, without losing the place; what takes longer comes by itself.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/page";
import { options, query, text } from "../fixtures/workload";

/** Between the last key and the new numbers, in this browser on this machine: the server's share is in the benches. */
const SOON = 5_000;

test("a changed answer changes every number, and the address", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  await alive(page);
  const before = { headline: await headline(page), options: await options(page) };
  await field(page, "traffic.requests_per_month").fill("300M");
  await expect(page.locator(".said")).toHaveText("Updated", { timeout: SOON });
  expect(await headline(page)).not.toBe(before.headline);
  expect(await options(page)).not.toEqual(before.options);
  expect(new URL(page.url()).searchParams.get("traffic.requests_per_month")).toBe("300M");
  await expect(page.locator(".sheet-now")).toContainText("a month");

  const after = await options(page);
  await page.reload();
  expect(await options(page)).toEqual(after);
});

test("the sheet keeps the focus, the text and what stands open", async ({ page }) => {
  await page.goto(`/answer?${query()}`);
  await alive(page);
  const rest = page.locator("details.rest").first();
  await rest.locator("> summary").click();
  const cpu = field(page, "work.cpu_ms");
  await cpu.fill("90");
  await expect(page.locator(".said")).toHaveText("Updated", { timeout: SOON });
  await expect(cpu).toBeFocused();
  await expect(cpu).toHaveValue("90");
  await expect(page.locator("details.rest").first()).toHaveAttribute("open", "");
});

test.describe("an answer that cannot be read", () => {
  test.use({ expectedStatuses: [400] });

  test("is named beside its field, and the numbers stay", async ({ page }) => {
    await page.goto(`/answer?${query()}`);
    await alive(page);
    const before = await headline(page);
    await field(page, "work.duration_ms").fill("fast");
    await expect(page.locator('[data-error="work.duration_ms"]')).toContainText("duration", { ignoreCase: true });
    await expect(field(page, "work.duration_ms")).toHaveAttribute("aria-invalid", "true");
    expect(await headline(page)).toBe(before);
    await field(page, "work.duration_ms").fill("250");
    await expect(page.locator('[data-error="work.duration_ms"]')).toBeHidden();
    await expect(page.locator(".said")).toHaveText("Updated", { timeout: SOON });
  });
});

test("charts go with what can no longer be chosen, and come back with it", async ({ page }) => {
  await page.goto(`/answer?${query({ "work.process_memory_mb": "256" })}`);
  await alive(page);
  const charts = page.locator("[data-part^=week] .chart, [data-part^=bill] .chart, [data-part^=break-even] .chart");
  await expect(charts).toHaveCount(3);
  await field(page, "work.process_memory_mb").fill("800000");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nothing here runs", { timeout: SOON });
  await expect(charts).toHaveCount(0);
  await field(page, "work.process_memory_mb").fill("256");
  await expect(charts).toHaveCount(3, { timeout: SOON });
});

test("samples, flips and growth come by themselves", async ({ page }) => {
  // Answers that nobody asked for before, so that the server does not know them yet.
  await page.goto(`/answer?${query({ "work.logs_kb": String(1 + Math.floor(Math.random() * 1e6) / 1e6) })}`);
  await expect(page.locator(".figures")).toContainText(/Confidence\s*(over )?\d+ %/);
  await expect
    .poll(async () => {
      await page.evaluate(() => document.querySelector("[data-later]")?.scrollIntoView());
      return page.locator("[data-later]").count();
    })
    .toBe(0);
  await expect(page.getByRole("heading", { name: "What would flip this" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "As it grows" })).toBeVisible();
});

function field(page: Page, path: string) {
  return page.locator(`form[data-live] [name="${path}"]`);
}

function headline(page: Page) {
  return text(page.getByRole("heading", { level: 1 }));
}

/** Waits until the island listens: the button that copies the link shows itself by the same wasm. */
async function alive(page: Page) {
  await expect(page.locator(".share button:has-text('Copy link')")).toBeVisible();
}
