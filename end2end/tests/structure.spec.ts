// The skeleton of each page as a screen reader has it: landmarks and headings, in their order. What stands between may
// change; what is left out here is not looked at.
import { expect, once, test } from "../fixtures/page";
import { query } from "../fixtures/workload";

once();

const around = (main: string) => `
- link "Skip to the content"
- banner:
  - link "Breakeven"
  - navigation "Main"
- main:
${main
  .trim()
  .split("\n")
  .map((line) => `  ${line.trim()}`)
  .join("\n")}
- contentinfo
`;

const pages: [name: string, path: string, main: string][] = [
  ["home", "/", `
    - heading "Serverless or containers?" [level=1]
    - link "Start from nothing"
    - heading "Or start from an example" [level=2]
  `],
  ["a question", `/advise/quick?${query()}&step=4`, `
    - heading "How much traffic does it get?" [level=1]
    - textbox "How much traffic does it get?"
    - button "Continue"
  `],
  ["check", `/check?${query()}`, `
    - heading "Check your answers" [level=1]
    - table "What you said"
    - link "Show the answer"
    - heading "What is assumed" [level=2]
  `],
  ["the answer", `/answer?${query()}`, `
    - heading /\\$[\\d,.]+ a month/ [level=1]
    - heading "The options side by side" [level=2]
    - heading "The bills, line by line" [level=2]
    - heading "State and services" [level=2]
    - heading "Limits and headroom" [level=2]
    - heading "What is assumed" [level=2]
    - heading "When to look again" [level=2]
    - heading "Save and share" [level=2]
    - complementary "Change an answer"
  `],
  ["claims", "/claims", `
    - heading [level=1]
    - heading [level=2]
  `],
  ["prices", "/prices", `
    - heading [level=1]
  `],
  ["method", "/method", `
    - heading "Method" [level=1]
    - heading [level=2]
  `],
  ["nothing", "/nothing", `
    - heading [level=1]
  `],
];

test.use({ expectedStatuses: [404] });

for (const [name, path, main] of pages) {
  test(`landmarks and headings: ${name}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator("body")).toMatchAriaSnapshot(around(main));
    expect(await page.title()).toMatch(/Breakeven/);
    await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", /\w/);
    await expect(page.locator('meta[property="og:title"]')).toHaveAttribute("content", /\w/);
  });
}

test("a page at twice its size scrolls only down", async ({ page }) => {
  // 1280 px at 200 % leaves room for 640.
  await page.setViewportSize({ width: 640, height: 450 });
  for (const path of ["/", `/advise/0/work?${query()}`, `/check?${query()}`, `/answer?${query()}`, "/claims", "/prices", "/method"]) {
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
});
