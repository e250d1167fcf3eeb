import { execFileSync } from "node:child_process";

import { defineConfig, devices } from "@playwright/test";

import { CHROMIUM } from "./chromium.mjs";

// Any free port, so that a server under development is not in the way. Workers inherit the one that was found.
const freePort = "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); this.close() })";
process.env.PODWEAVE_TEST_PORT ??= execFileSync(process.execPath, ["-e", freePort], { encoding: "utf8" }).trim();
const addr = `127.0.0.1:${process.env.PODWEAVE_TEST_PORT}`;

const FIREFOX = "firefox.spec.ts";
const desktop = devices["Desktop Chrome"];
const phone = devices["Pixel 7"];

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A test waits for what happens, not for a time: the limit only ends one that hangs, on a busy machine too.
  timeout: 90_000,
  reporter: "list",
  use: {
    baseURL: `http://${addr}`,
    actionTimeout: 10_000,
    // A picture of the document at every key press takes longer than the key press; `--trace on` has them.
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
    launchOptions: CHROMIUM,
  },
  projects: [
    { name: "firefox", testMatch: FIREFOX },
    { name: "desktop", testIgnore: FIREFOX, use: desktop },
    { name: "phone", testIgnore: FIREFOX, use: phone },
    { name: "desktop without JavaScript", testIgnore: FIREFOX, use: { ...desktop, javaScriptEnabled: false } },
    { name: "phone without JavaScript", testIgnore: FIREFOX, use: { ...phone, javaScriptEnabled: false } },
  ],
  webServer: {
    command: `${process.env.PODWEAVE_BINARY ?? "../target/release/podweave"} --addr ${addr} --log warn`,
    url: `http://${addr}/healthz`,
    stdout: "pipe",
  },
});
