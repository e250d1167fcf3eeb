// Every field can be asked what it means: on pages, in a popover of the editor, by comments in the text.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, test } from "../fixtures";

const popoverOf = (page: Page) => page.getByRole("dialog", { name: "Explanation" });

test("the fields have pages that lead from one to the other", async ({ page, open }) => {
  await open("/explain");
  await page.getByRole("link", { name: "spec.volumes.emptyDir", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("emptyDir");
  await page.getByRole("link", { name: "sizeLimit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("sizeLimit");
  await page.getByRole("link", { name: "disk-limit-soft" }).click();
  await expect(page).toHaveURL("/rules/disk-limit-soft");
});

test.describe(() => {
  test.use({ expectedMessages: [/404/] });

  test("a page that there is not leads to those that may be meant", async ({ page, open }) => {
    await open("/explain/spec.volume.emptyDir");
    await page.getByRole("link", { name: "spec.volumes.emptyDir" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("emptyDir");
  });
});

for (const path of ["/explain", "/explain/spec.volumes.emptyDir.sizeLimit"]) {
  test(`${path} is accessible`, async ({ page, open, editor, isMobile }) => {
    test.skip(!editor.isLive || isMobile, "axe is itself JavaScript, and finds the same on a phone");
    await open(path);
    await expectAccessible(page);
  });
}

test("nothing is wider than a narrow window", async ({ page, open }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of [
    "/explain",
    "/explain/spec",
    "/explain/podtemplate.template",
    "/explain/cronjob.spec.jobTemplate.spec.template.spec.containers.resources.limits.ephemeral-storage",
    "/rules/FieldValueNotSupported",
  ]) {
    await open(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});

test("without JavaScript, a link in the form opens a page of its own", async ({ page, context, editor }) => {
  test.skip(editor.isLive, "a popover with JavaScript");
  await editor.openPreset("One writes, one serves");
  await editor.input("metadata.name").fill("typed");
  const opened = context.waitForEvent("page");
  await editor.input("spec.containers[0].image").hover();
  await page.getByRole("link", { name: "Explain image", exact: true }).first().click();
  await expect((await opened).getByRole("heading", { level: 1 })).toHaveText("image");
  await expect(editor.input("metadata.name")).toHaveValue("typed");
  await expect(page.getByRole("link", { name: "Explain the fields" })).toHaveAttribute("href", "/explain");
});

test("with JavaScript, the explanation is shown beside the link", async ({ page, editor }) => {
  test.skip(!editor.isLive, "pages without JavaScript");
  await editor.openPreset("One writes, one serves");
  const link = page.getByRole("link", { name: "Explain image", exact: true }).first();
  await editor.input("spec.containers[0].image").hover();
  await link.click();
  const popover = popoverOf(page);
  await expect(popover.getByRole("heading", { level: 1 })).toHaveText("image");
  await expect(popover).toBeInViewport({ ratio: 0.99 });
  await expectAccessible(page);
  await popover.getByRole("link", { name: "containers", exact: true }).click();
  await expect(popover.getByRole("heading", { level: 1 })).toHaveText("containers");
  await page.mouse.click(2, 2);
  await expect(popover).toBeHidden();
  await editor.fill("metadata.name", "still-live");
  await link.click();
  await expect(popover).toBeVisible();
  const close = popover.getByRole("button", { name: "Close" });
  await popover.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(close, "it stays in view").toBeInViewport({ ratio: 0.99 });
  await close.click();
  await expect(popover).toBeHidden();
  await expect(link).toBeFocused();
});

test("a page that explains has nothing to close", async ({ page, open }) => {
  for (const path of ["/explain", "/explain/spec.volumes"]) {
    await open(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Close" })).toHaveCount(0);
  }
});

test("the keyboard suffices, and the focus returns", async ({ page, editor, isMobile }) => {
  test.skip(!editor.isLive || isMobile, "links without JavaScript");
  await editor.openPreset("One writes, one serves");
  await editor.input("metadata.namespace").focus();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("link", { name: "Explain namespace" })).toBeFocused();
  await page.keyboard.press("Enter");
  const popover = popoverOf(page);
  await expect(popover.getByRole("heading", { level: 1 })).toHaveText("namespace");
  await expect(popover).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(popover).toBeHidden();
  await expect(page.getByRole("link", { name: "Explain namespace" })).toBeFocused();
});

test("one link follows what is lit", async ({ page, editor, isMobile }) => {
  test.skip(!editor.isLive, "needs JavaScript");
  await editor.openPreset("One writes, one serves");
  const link = page.locator("#ask");
  await editor.input("spec.containers[0].image").focus();
  await expect(link).toHaveText("Explain spec.containers[0].image");
  await editor.manifest.locator('[data-field="spec.containers[1].volumeMounts[0].readOnly"]').first().click();
  await expect(link).toHaveText("Explain spec.containers[1].volumeMounts[0].readOnly");
  if (!isMobile) {
    // Lines that scroll under the pointer are lit as well.
    await page.mouse.move(2, 2);
    await editor.input("spec.containers[0].image").focus();
    await editor.manifest.focus();
    await page.keyboard.press("ArrowUp");
    await expect(link).toHaveText("Explain spec.containers[0].name");
  }
  await page.locator('#diagram [data-field="spec.volumes[0]"]').first().click();
  await expect(link).toHaveText(/^Explain spec\.volumes\[0\]/);
  await link.click();
  await expect(popoverOf(page).getByRole("heading", { level: 1 })).toHaveText("volumes");
});

test("comments are added and removed by a button, and Back takes them out too", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const before = await editor.manifest.textContent();
  await editor.press("Add comments");
  await editor.expectManifest("# An empty directory; it lives exactly as long as the Pod.");
  await expect(page.getByRole("button", { name: "Remove comments" })).toBeVisible();
  await page.goBack();
  await expect(editor.manifest).toHaveText(before ?? "");
  await editor.press("Add comments");
  await editor.press("Remove comments");
  await expect(editor.manifest).toHaveText(before ?? "");
});
