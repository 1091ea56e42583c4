// Charts as images, which everybody gets: the server's drawing, in the colours and the size of the screen.
import type { Locator } from "@playwright/test";
import { excessWidth, expect, test } from "../fixtures/page";
import { query } from "../fixtures/workload";

test.skip(({ javaScriptEnabled }) => Boolean(javaScriptEnabled), "with JavaScript the images are replaced");

test("each chart is an image in the colours and the size of the screen", async ({ page, isMobile }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`/answer?${query()}`);
  const images = page.locator(".chart img");
  expect(await images.count()).toBeGreaterThan(0);
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    const { src, loaded, ratio } = await shown(image);
    expect(src).toContain("theme=dark");
    expect(src).toContain(isMobile ? "width=360" : "width=840");
    expect(loaded, src).toBe(true);
    const box = await image.boundingBox();
    expect((box?.width ?? 0) / (box?.height ?? 1), src).toBeCloseTo(ratio, 1);
  }
  expect(await excessWidth(page)).toBe(0);
});

/** What the browser chose for an image, and the proportions that it has. */
async function shown(image: Locator) {
  await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).complete)).toBe(true);
  return image.evaluate((element) => {
    const { currentSrc, naturalWidth, naturalHeight } = element as HTMLImageElement;
    return { src: currentSrc, loaded: naturalWidth > 0, ratio: naturalWidth / naturalHeight };
  });
}
