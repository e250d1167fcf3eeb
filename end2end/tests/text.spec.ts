// The manifest is a text as well: what is typed there is the document, and the form follows.

import { expect, expectAccessible, test, undone } from "../fixtures";

const TEXT = `# mine
apiVersion: v1
kind: Pod
metadata:
  name: web # short
spec:
  containers:
    - name: web
      image: nginx:1.29-alpine
`;
const BROKEN = TEXT.replace("kind: Pod", "kind: Pod\n\tx: y");

test("what is typed into the text is the document, with its comments", async ({ page, editor }) => {
  await editor.openManifest(TEXT);
  await page.getByText("Edit", { exact: true }).click();
  const box = page.locator("#text-box");
  await expect(box).toHaveValue(TEXT);
  await expect(editor.manifest).toBeHidden();
  const changed = TEXT.replace("name: web # short", "name: site # shorter");
  await editor.changed(async () => {
    await box.fill(changed);
    if (!editor.isLive) await page.getByRole("button", { name: "Apply the text" }).click();
  });
  await expect(editor.input("metadata.name")).toHaveValue("site");
  if (editor.isLive) await page.getByText("Done", { exact: true }).click();
  await expect(editor.manifest).toBeVisible();
  await editor.expectManifest(changed);
  await editor.fill("metadata.name", "third");
  await expect(box).toHaveValue(changed.replace("site", "third"));
});

test.describe("a text that cannot be read", () => {
  test.use({ expectedMessages: [/status of 422/] });

  test("stays, with its mark at its place, and the form waits", async ({ page, editor }) => {
    await editor.openManifest(TEXT);
    await page.getByText("Edit", { exact: true }).click();
    const box = page.locator("#text-box");
    const apply = async () => {
      if (!editor.isLive) await page.getByRole("button", { name: "Apply the text" }).click();
    };
    await box.fill(BROKEN);
    await apply();
    await expect(page.locator("#text-refusal")).toContainText("line 4, column 1");
    await expect(page.locator("#marks > .line")).toHaveCount(1);
    await expect(page.getByText("so the form waits")).toBeVisible();
    await expect(page.locator("#editor")).toHaveAttribute("inert");
    await expect(box).toHaveValue(BROKEN);
    if (editor.isLive) {
      await expect(box).toBeFocused();
      await expectAccessible(page);
    }
    await box.fill(TEXT.replace("name: web #", "name: mended #"));
    await apply();
    await expect(editor.input("metadata.name")).toHaveValue("mended");
    await expect(page.locator("[inert]")).toHaveCount(0);
    await expect(page.locator("#text-refusal")).toHaveCount(0);
  });

  test("is mended by its button where it is certain what was meant", async ({ page, editor }) => {
    await editor.openManifest(TEXT);
    await page.getByText("Edit", { exact: true }).click();
    const box = page.locator("#text-box");
    const mended = TEXT.replace("name: web #", "name: fenced #");
    await box.fill(`\`\`\`yaml\n${mended}\`\`\`\n`);
    if (!editor.isLive) await page.getByRole("button", { name: "Apply the text" }).click();
    await editor.changed(() => page.getByRole("button", { name: "Fix: Keep what stands in the code block" }).click());
    await expect(editor.input("metadata.name")).toHaveValue("fenced");
    await expect(page.locator("#text-refusal")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Put it back" })).toBeHidden();
    await page.goBack();
    await expect(editor.input("metadata.name")).toHaveValue("web");
  });

  test("is offered again after the page was left", async ({ page, editor }) => {
    test.skip(!editor.isLive, "without a script a browser keeps what is typed by itself");
    await editor.openManifest(TEXT);
    await page.getByText("Edit", { exact: true }).click();
    await page.locator("#text-box").fill(BROKEN);
    await expect(page.locator("#text-refusal")).toBeVisible();
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await editor.opened();
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect(page.locator("#text-box")).toHaveValue(BROKEN);
    await expect(page.locator("#text-box")).toBeFocused();
    await expect(page.locator("#text-refusal")).toBeVisible();
  });
});

test("a line and its finding lead to each other", async ({ page, editor }) => {
  await editor.openManifest(TEXT.replace("name: web # short", "name: Web # short"));
  await editor.finding("metadata.name").getByRole("link", { name: "line 5" }).click();
  const box = page.locator("#text-box");
  if (editor.isLive) {
    await expect(box).toBeFocused();
    expect(await box.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart).split("\n")[0])).toBe("  name: Web # short");
  }
  await expect(page.locator("#line-5")).toBeInViewport();
  await page.locator("#line-5").click();
  await expect(editor.finding("metadata.name")).toBeInViewport();
});

test("keys: Tab leaves the text, and undo stays within it", async ({ page, editor }) => {
  test.skip(!editor.isLive, "the browser's own");
  await editor.openManifest(TEXT);
  await page.locator("#text > summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const box = page.locator("#text-box");
  await expect(box).toBeFocused();
  await page.keyboard.press("ControlOrMeta+End");
  await editor.changed(() => page.keyboard.type("# end"));
  await expect(box).toHaveValue(`${TEXT}# end`);
  await undone(page, box, TEXT);
  await editor.expectManifest(TEXT);
  await page.keyboard.press("Tab");
  await expect(box).not.toBeFocused();
});

test("the text is accessible", async ({ page, editor }) => {
  test.skip(!editor.isLive, "axe is itself JavaScript");
  await editor.openManifest(TEXT.replace("name: web # short", "name: Web # short"));
  await page.getByText("Edit", { exact: true }).click();
  await expectAccessible(page);
});

test("what has changed since the document was opened is shown", async ({ page, editor, request }) => {
  await editor.openManifest(TEXT);
  if (editor.isLive) {
    await editor.fill("metadata.name", "site");
    await page.getByRole("link", { name: "Changes since you opened it" }).click();
    await page.waitForURL(/since=/);
    await editor.opened();
  } else {
    await page.getByRole("link", { name: "Compare with this from here on" }).click();
    await editor.fill("metadata.name", "site");
  }
  const changes = page.getByLabel("Changes", { exact: true });
  await expect(changes.locator("del")).toHaveText("-  name: web # short\n");
  await expect(changes.locator("ins")).toHaveText("+  name: site # short\n");
  await editor.fill("spec.containers[0].image", "nginx:1.28-alpine");
  await expect(changes.locator("ins")).toHaveCount(2);
  const diff = await request.get((await page.getByRole("link", { name: "As a diff" }).getAttribute("href")) ?? "");
  expect(await diff.text()).toContain("-  name: web # short\n+  name: site # short\n");
  if (editor.isLive) await expectAccessible(page);
});
