// The whole journey once in Firefox, by WebDriver BiDi: another engine, which hydrates and lays out by itself.
import { expect, test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

test.skip(({ javaScriptEnabled, isMobile }) => !javaScriptEnabled || Boolean(isMobile), "runs once");

test("Firefox goes from home through six questions to a saved link, and its islands live", async ({ baseURL }) => {
  test.slow();
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });
  try {
    await journey(browser, baseURL ?? "");
  } finally {
    await browser.close();
  }
});

async function journey(browser: Browser, home: string) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });

  await page.goto(home);
  await follow(page, 'a[href^="/advise/quick"]');
  await page.click("#kind-http_api");
  await page.select("#region", "eu-west-1");
  await follow(page, "form.question button");
  await page.type('[name="work.duration_ms"]', "200");
  await follow(page, "form.question button");
  await page.click('[name="work.cpu_ms"][value="25%"]');
  await follow(page, "form.question button");
  await page.type('[name="traffic.requests_per_month"]', "2M");
  await follow(page, "form.question button");
  await page.click('[name="traffic.shape"][value="daily_wave"]');
  await follow(page, "form.question button");
  await page.type('[name="latency.target_ms"]', "2s");
  await follow(page, "form.question button");
  expect(await heading(page)).toBe("Check your answers");
  await follow(page, 'a[href^="/answer"]');

  const before = await heading(page);
  expect(before).toMatch(/\$[\d,.]+ a month/);
  await page.waitForSelector(".share button:not([hidden])");
  const traffic = 'form[data-live] [name="traffic.requests_per_month"]';
  await page.locator(traffic).fill("500M");
  await page.waitForFunction(() => document.querySelector(".said")?.textContent === "Updated");
  expect(await heading(page)).not.toBe(before);

  await follow(page, '.share button[type="submit"]');
  expect(page.url()).toMatch(/\/s\/[\w-]+$/);
  await page.$eval("[data-chart-url]", (chart) => chart.scrollIntoView());
  await page.waitForSelector("[data-chart-url] svg");
  expect(complaints).toEqual([]);
}

async function follow(page: Page, selector: string) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).click()]);
}

async function heading(page: Page): Promise<string> {
  return page.$eval("h1", (element) => (element.textContent ?? "").replace(/\s+/g, " ").trim());
}
