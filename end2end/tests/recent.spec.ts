// The browser keeps the last documents, for who wants it to.

import { expect, layoutShift, test } from "../fixtures";

test.skip(({ isMobile }) => isMobile, "the same on a phone");

test("the last documents are listed, with what they have become, and can be removed", async ({ page, editor, open, javaScriptEnabled }) => {
  const recent = page.getByRole("region", { name: "Continue where you left off" });
  await open("/");
  await expect(recent).toBeHidden();
  await editor.openPreset("One writes, one serves");
  await editor.fill("metadata.name", "mine");
  const address = new URL(page.url()).pathname;
  await editor.openPreset("A sidecar follows the log");
  await open("/");
  if (!javaScriptEnabled) {
    await expect(recent).toBeHidden();
    return;
  }
  await expect(recent.getByRole("listitem").getByRole("link")).toHaveText(["log-shipper", "mine"]);
  await expect(recent.getByRole("link", { name: "mine" })).toHaveAttribute("href", address);
  await expect(recent.getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)).toHaveCount(2);
  await recent.getByRole("button", { name: "Forget log-shipper" }).click();
  await expect(recent.getByRole("listitem").getByRole("link")).toHaveText(["mine"]);
  await recent.getByRole("button", { name: "Forget all" }).click();
  await expect(recent).toBeHidden();
  await page.reload();
  await expect(recent).toBeHidden();
});

test("ten are kept, and none once it is off", async ({ page, editor, open, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "a script keeps them");
  await open("/");
  await page.evaluate(() => {
    const lines = Array.from({ length: 10 }, (_, index) => `2026-01-01 00:00\t/p/2x${index}\tdocument ${index}`);
    localStorage.setItem("recent", lines.join("\n"));
  });
  await editor.openPreset("One writes, one serves");
  const kept = async () => await page.evaluate(() => localStorage.getItem("recent"));
  expect((await kept())?.split("\n")).toHaveLength(10);
  await open("/");
  await expect(page.locator("#recent-list > li:visible")).toHaveCount(10);
  await page.getByLabel("Keep my last documents in this browser").uncheck();
  await expect(page.locator("#recent-list > li:visible")).toHaveCount(0);
  await editor.openPreset("One writes, one serves");
  await open("/");
  expect(await kept()).toBe("off");
  await page.getByLabel("Keep my last documents in this browser").check();
  await editor.openPreset("One writes, one serves");
  expect((await kept())?.split("\n")).toHaveLength(1);
});

test("nothing moves where the documents are listed", async ({ page, editor, open, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "a script lists them");
  await editor.openPreset("One writes, one serves");
  await open("/");
  await page.reload();
  await expect(page.getByRole("region", { name: "Continue where you left off" }).getByRole("listitem")).toHaveCount(1);
  expect(await layoutShift(page)).toBe(0);
});
