// What was typed and is in no document yet: whatever is done meanwhile, it arrives, or is offered again.

import type { Page } from "@playwright/test";

import { type Editor } from "../editor";
import { expect, test } from "../fixtures";

test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled === false || isMobile, "JavaScript, and the same on a phone");
test.use({ expectedMessages: [/status of (422|500)/] });

const LINK = "**/p/*";
const NAME = "metadata.name";
const IMAGE = "spec.containers[0].image";
const BROKEN = "kind: Pod\n\tx: [";

/** Holds what is posted back, and gives a function that lets it, and all that follows, go. */
async function hold(page: Page): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = [];
  await page.route(LINK, (route) => {
    if (route.request().method() !== "POST") return void route.continue();
    held.push(() => route.continue().catch(() => {}));
  });
  return async () => {
    await page.unroute(LINK);
    for (const go of held) await go();
  };
}

/** Opens the text of the document, and gives its box. */
async function text(page: Page) {
  await page.getByText("Edit", { exact: true }).click();
  return page.locator("#text-box");
}

async function refuse(page: Page, editor: Editor): Promise<void> {
  await editor.reveal(editor.input("metadata.labels"));
  await editor.input("metadata.labels").fill("app: web\napp: again");
  await expect(page.locator("#refusals")).toBeVisible();
}

async function reload(page: Page): Promise<boolean> {
  let isAsked = false;
  page.once("dialog", (dialog) => {
    isAsked = true;
    void dialog.accept();
  });
  await page.reload();
  await page.locator(":root[data-live]").waitFor();
  return isAsked;
}

test("a text that is checked is there after the page was left or loaded again, with its answers", async ({ page, open }) => {
  await open("/check");
  const box = page.getByLabel("Paste YAML or JSON");
  await box.fill("kind: Pod");
  await page.reload();
  await expect(box).toHaveValue("kind: Pod");
  await expect(page.locator(".checked > [data-verdict]")).toHaveText("kubectl refuses this manifest: 1 error.");
  await open("/");
  await open("/check");
  await expect(box).toHaveValue("kind: Pod");
});

test("a text that is to be opened is there until it is", async ({ page, open, editor }) => {
  await open("/");
  const box = page.getByLabel("Paste YAML or JSON");
  await box.fill("kind: Pod");
  await page.reload();
  await expect(box).toHaveValue("kind: Pod");
  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  await open("/");
  await expect(box).toHaveValue("");
});

test.describe("in an editor", () => {
  test.beforeEach(async ({ editor }) => {
    await editor.openPreset("One writes, one serves");
  });

  for (const way of ["the button", "the keys", "Back"]) {
    test(`Undo by ${way} takes back what is on its way, and nothing else`, async ({ page, editor }) => {
      await editor.press("Add container");
      const letGo = await hold(page);
      await editor.input(NAME).fill("one");
      await editor.input(NAME).fill("two");
      if (way === "the button") await page.getByRole("button", { name: "Undo" }).click();
      if (way === "Back") await page.goBack();
      if (way === "the keys") {
        await editor.manifest.focus();
        await page.keyboard.press("ControlOrMeta+Z");
      }
      await letGo();
      await expect(editor.input(NAME)).toHaveValue("web-content");
      await editor.expectManifest("  name: web-content");
      await expect(editor.input("spec.containers[2].name")).toHaveValue("app");
      await page.getByRole("button", { name: "Redo" }).click();
      await expect(editor.input(NAME)).toHaveValue("two");
      await editor.expectManifest("  name: two");
    });
  }

  test("Undo right after a removal gives back what was removed, and nothing else", async ({ page, editor }) => {
    await editor.fill(NAME, "before");
    const letGo = await hold(page);
    await page.getByRole("button", { name: "Remove container web" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await letGo();
    await expect(page.getByRole("button", { name: "Redo" })).toBeEnabled();
    await expect(editor.input("spec.containers[1].name")).toHaveValue("web");
    await expect(editor.input(NAME)).toHaveValue("before");
  });

  test("what was typed into the form arrives with what was typed into the text behind it", async ({ page, editor }) => {
    const box = await text(page);
    const letGo = await hold(page);
    await editor.input(IMAGE).fill("alpine:typed");
    await page.getByRole("button", { name: "Add volume" }).click();
    await box.fill(`${await box.inputValue()}# end\n`);
    await letGo();
    await editor.expectManifest("# end");
    await editor.expectManifest("image: alpine:typed");
    await editor.expectManifest("    - name: shared-data");
  });

  test("a text that cannot be read stays although the form was typed into behind it, which arrives later", async ({ page, editor }) => {
    const box = await text(page);
    const before = await box.inputValue();
    const letGo = await hold(page);
    await box.fill(BROKEN);
    await editor.input(NAME).fill("typed");
    await letGo();
    await expect(page.locator("#text-refusal")).toBeVisible();
    await editor.expectAnswered();
    await expect(box).toHaveValue(BROKEN);
    await box.fill(before);
    await editor.expectManifest("  name: typed");
  });

  test("a text that cannot be read is offered again after Back and Forward", async ({ page, editor }) => {
    await editor.fill(NAME, "step");
    const box = await text(page);
    await box.fill(BROKEN);
    await expect(page.locator("#text-refusal")).toBeVisible();
    await editor.changed(() => page.getByRole("button", { name: "Undo" }).click());
    await editor.expectManifest("  name: web-content");
    await editor.changed(() => page.getByRole("button", { name: "Redo" }).click());
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect(box).toHaveValue(BROKEN);
    await expect(page.locator("#text-refusal")).toBeVisible();
  });

  test("a refused form is not left without a question, and is offered again", async ({ page, editor }) => {
    await refuse(page, editor);
    expect(await reload(page)).toBe(true);
    await page.getByRole("button", { name: "Put it back" }).click();
    await editor.reveal(editor.input("metadata.labels"));
    await expect(editor.input("metadata.labels")).toHaveValue("app: web\napp: again");
    await expect(page.locator("#refusals")).toBeVisible();
  });

  test("what is offered stays until somebody decides", async ({ page, editor }) => {
    await refuse(page, editor);
    const { pathname } = new URL(page.url());
    await reload(page);
    await reload(page);
    await expect(page.locator("#draft")).toBeVisible();
    await editor.openPreset("A sidecar follows the log");
    await expect(page.locator("#draft")).toBeHidden();
    await page.goto(pathname);
    await page.getByRole("button", { name: "Forget it" }).click();
    await expect(page.locator("#draft")).toBeHidden();
    await page.reload();
    await editor.opened();
    await expect(page.locator("#draft")).toBeHidden();
  });

  test("what the server could not answer is sent again when the document is taken away", async ({ page, editor }) => {
    const box = await text(page);
    let asked = 0;
    await page.route(LINK, (route) => {
      asked += 1;
      return route.fulfill({ status: 500, contentType: "text/html", body: "<h1>Wrong</h1><p class='lead'>A mistake.</p>" });
    });
    await box.fill((await box.inputValue()).replace("name: web-content", "name: kept"));
    await expect(editor.status).toHaveText("Wrong. A mistake.");
    await editor.expectAnswered();
    const before = asked;
    await page.getByRole("button", { name: "Download YAML" }).click();
    await expect.poll(() => asked).toBe(before + 1);
    await editor.expectAnswered();
    await page.unroute(LINK);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download YAML" }).click()]);
    expect(download.suggestedFilename()).toBe("kept.yaml");
  });
});
