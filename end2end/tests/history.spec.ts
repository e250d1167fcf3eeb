// The URL is the state: Back is undo.

import { expect, test } from "../fixtures";

test.skip(({ isMobile }) => isMobile, "the same on a phone");

test("Back undoes an edit, Forward does it again", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.press("Add container");
  await editor.fill("spec.containers[2].name", "third");
  await editor.expectManifest("    - name: third");
  await page.goBack();
  await expect(editor.input("spec.containers[2].name")).toHaveValue("app");
  await editor.expectManifest("    - name: app", "  volumes:");
  await page.goBack();
  await expect(editor.input("spec.containers[2].name")).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await expect(editor.input("spec.containers[2].name")).toHaveValue("third");
  await page.reload();
  await editor.expectManifest("    - name: third");
});

test("what is typed after Back is a step of its own", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.fill("metadata.name", "first");
  await editor.fill("metadata.namespace", "second");
  await page.goBack();
  await expect(editor.input("metadata.namespace")).toHaveValue("");
  await editor.fill("metadata.name", "other");
  await page.goBack();
  await expect(editor.input("metadata.name")).toHaveValue("first");
  await page.goBack();
  await expect(editor.input("metadata.name")).toHaveValue("web-content");
});

test("typing into one input is one step", async ({ page, editor }) => {
  test.skip(!editor.isLive, "without JavaScript every button is a step");
  await editor.openPreset("One writes, one serves");
  await editor.fill("metadata.name", "f");
  await editor.fill("metadata.name", "fi");
  await editor.fill("metadata.name", "fin");
  await page.goBack();
  await expect(editor.input("metadata.name")).toHaveValue("web-content");
  await editor.expectManifest("  name: web-content");
});

for (const way of ["Back", "the button"]) {
  test(`${way} in the very frame that shows what was typed loses none of it`, async ({ page, editor }) => {
    test.skip(!editor.isLive, "without JavaScript a page is there with its address");
    await editor.openPreset("One writes, one serves");
    await editor.fill("metadata.name", "first");
    await page.evaluate((way) => {
      const shown = new MutationObserver(() => {
        shown.disconnect();
        if (way === "Back") history.back();
        else document.getElementById("undo")?.click();
      });
      shown.observe(document.getElementById("manifest") ?? document, { childList: true, subtree: true, characterData: true });
    }, way);
    await editor.input("metadata.name").fill("second");
    await editor.expectManifest("  name: web-content");
    await page.goForward();
    await expect(editor.input("metadata.name")).toHaveValue("second");
    await editor.expectManifest("  name: second");
    await page.reload();
    await editor.expectManifest("  name: second");
  });
}

test("what was undone can be done again after the page was loaded again", async ({ page, editor }) => {
  test.skip(!editor.isLive, "the buttons need the script");
  const [undo, redo] = [page.getByRole("button", { name: "Undo" }), page.getByRole("button", { name: "Redo" })];
  await editor.openPreset("One writes, one serves");
  await editor.fill("metadata.name", "first");
  await editor.fill("metadata.namespace", "second");
  await editor.changed(() => undo.click());
  await editor.changed(() => undo.click());
  await page.reload();
  await editor.opened();
  await expect(undo).toBeDisabled();
  await editor.changed(() => redo.click());
  await editor.changed(() => redo.click());
  await expect(editor.input("metadata.namespace")).toHaveValue("second");
  await expect(redo).toBeDisabled();
  await page.reload();
  await editor.opened();
  await expect(undo).toBeEnabled();
  await expect(redo).toBeDisabled();
});
