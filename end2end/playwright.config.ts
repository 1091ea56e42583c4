// Each test runs on a wide and on a small screen, with JavaScript on and off. A file named *.hydrate.spec.ts needs
// JavaScript and runs only with it. `make test` starts the server and says where it is by BASE_URL.
import { defineConfig } from "@playwright/test";

const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const needsJavaScript = /\.hydrate\.spec\.ts$/;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/snapshots/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:3000",
    locale: "en-US",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // Traces take a quarter of the time. To look into a failure: scripts/end2end --trace on -g "its name"
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "wide", use: { viewport: wide } },
    { name: "phone", use: { viewport: phone, isMobile: true, hasTouch: true } },
    { name: "wide without JavaScript", testIgnore: needsJavaScript, use: { viewport: wide, javaScriptEnabled: false } },
    { name: "phone without JavaScript", testIgnore: needsJavaScript, use: { viewport: phone, javaScriptEnabled: false, isMobile: true, hasTouch: true } },
  ],
});
