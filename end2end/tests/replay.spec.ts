// Replay a week of this: from an answer to the figures beside the formulas', with and without JavaScript.
import { expect, test } from "../fixtures/page";
import { query } from "../fixtures/workload";

const END = { timeout: 60_000 };

test("a week is replayed, and the formulas stand beside it", async ({ page, audit }) => {
  test.slow();
  await page.goto(`/answer?${query({ "traffic.requests_per_month": "500k" })}`);
  await expect(page.getByRole("heading", { name: "Replay a week of this" })).toBeVisible();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await page.getByRole("button", { name: "Replay a week" }).click();
  await expect(page).toHaveURL(/\/replays\/[a-z2-7]{26}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A week, replayed");
  const tables = page.getByRole("table", { name: /formulas and replay$/ });
  await expect(tables).toHaveCount(2, END);
  await expect(tables.first().getByRole("row", { name: /^Cost a month/ })).toContainText("±");
  await expect(page.locator(".hides").first()).toHaveText(/\S.*\.$/);
  await audit();
  await page.getByRole("link", { name: "The answer" }).click();
  await expect(page.getByRole("heading", { name: "Replay a week of this" })).toBeVisible();
});

test.describe("with a traffic file", () => {
  test.use({ expectedStatuses: [422] });

  test("its traffic is replayed, and a bad line is named by its number", async ({ page, audit }) => {
    test.slow();
    await page.goto(`/answer?${query()}`);
    await page.getByText("Traffic as you measured it").click();
    const file = (text: string) => ({ name: "traffic.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.getByLabel("Counts of requests, as CSV").setInputFiles(file("time,requests\n0,100\n60,20\n120,many\n"));
    await page.getByRole("button", { name: "Replay a week" }).click();
    await expect(page.getByText(/line 4/)).toBeVisible();
    await audit();

    await page.goto(`/answer?${query()}`);
    await page.getByText("Traffic as you measured it").click();
    await page.getByLabel("Counts of requests, as CSV").setInputFiles(file("100\n20\n"));
    await page.getByLabel("One count stands for").selectOption("an hour");
    await page.getByRole("button", { name: "Replay a week" }).click();
    await expect(page.getByRole("table", { name: /formulas and replay$/ })).toHaveCount(2, END);
    // 60 requests an hour, 168 hours, two options, five runs of each: 100,800, and said with three digits.
    await expect(page.getByText(/^101,000 requests altogether/)).toBeVisible();
  });
});

test("a long replay says how far it is, and is cancelled", async ({ page, audit }) => {
  test.slow();
  const request = {
    system: { version: 1, name: "Busy", components: [{ traffic: { requests_per_month: 20_000_000 }, work: { duration_ms: 120 } }] },
    months: 12,
    platforms: ["aws-fargate"],
  };
  const begun = await page.request.post("/api/v1/simulations", { data: request });
  expect(begun.status()).toBe(202);
  await page.goto(`/replays/${(await begun.json()).id}`);
  await expect(page.getByRole("progressbar")).toBeVisible();
  // It goes on without a click: by events, or by looking again.
  const percent = async () => Number(await page.getByRole("progressbar").getAttribute("value"));
  await expect.poll(percent, { timeout: 60_000 }).toBeGreaterThan(0.1);
  await audit();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This replay was cancelled");
  await audit();
});
