// The link is the document.

import { expect, hydrated, noise, test } from "../fixtures";

test("a link opens exactly that document somewhere else", async ({ page, browser, baseURL, editor, javaScriptEnabled }) => {
  await editor.openPreset("One writes, one serves");
  await editor.fill("spec.containers[0].image", "busybox:1.37");
  const link = await page.getByLabel("Link to this document").inputValue();
  expect(link).toMatch(new RegExp(`^${baseURL}/p/2[\\w-]+$`));
  expect(link.length - `${baseURL}/p/`.length).toBeLessThanOrEqual(400);
  const elsewhere = await browser.newContext({ javaScriptEnabled });
  const other = await elsewhere.newPage();
  await other.goto(link);
  if (javaScriptEnabled) await hydrated(other);
  await expect(other.locator("#manifest")).toHaveText((await editor.manifest.textContent()) ?? "");
  await elsewhere.close();
});

test.describe("a link that is none", () => {
  test.use({ expectedMessages: [/status of 40[04]/] });

  test("says what is wrong with it", async ({ page, editor, isMobile }) => {
    test.skip(isMobile || !editor.isLive, "the same for every browser");
    await editor.openPreset("One writes, one serves");
    const code = new URL(page.url()).pathname.slice("/p/".length);
    const cases: [string, number, string][] = [
      [code.slice(0, -4), 400, "the link was cut off"],
      [`${code}AAAA`, 400, "the link was altered"],
      [`9${code.slice(1)}`, 400, "of version `9`"],
      ["1hello!", 400, "which no code contains"],
      [`1${"A".repeat(40_000)}`, 400, "more than the 32768"],
      [`${code}.exe`, 404, "There is no such page"],
    ];
    for (const [wrong, status, words] of cases) {
      const response = await page.goto(`/p/${wrong}`);
      expect(response?.status(), words).toBe(status);
      await expect(page.getByRole("main")).toContainText(words);
      await expect(page.getByRole("link", { name: "To the start" })).toBeVisible();
    }
  });
});

test("a long link comes with a warning", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await expect(page.getByText("Some chat programs cut links")).toHaveCount(0);
  await editor.fill("metadata.annotations", noise(3_000));
  await expect(page.getByText("Some chat programs cut links above 2000")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "send the file instead" }).click();
  expect((await download).suggestedFilename()).toBe("web-content.yaml");
});

test.describe("a document that is too large for a link", () => {
  test.use({ expectedMessages: [/status of 413/] });

  test("is refused, and what was typed is still there", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    const long = noise(60_000);
    await editor.reveal(editor.input("metadata.annotations"));
    await editor.input("metadata.annotations").fill(long);
    if (!editor.isLive) await page.getByRole("button", { name: "Apply changes" }).click();
    await expect(page.getByRole("alert")).toContainText("than the 32768 that a link may have");
    await expect(editor.input("metadata.annotations")).toHaveValue(long);
    await editor.fill("metadata.annotations", "short: enough");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await editor.expectManifest("  annotations:", "    short: enough");
  });
});
