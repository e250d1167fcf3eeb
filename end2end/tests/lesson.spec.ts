// A lesson from its beginning to its end, by keyboard alone, with and without JavaScript; and one that a teacher writes.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Locator, Page } from "@playwright/test";

import { expect, expectAccessible, test } from "../fixtures";

const STATUS = ".lesson [role=status]";

/** Goes on with Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let steps = 0; steps < 120; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test("a newcomer's path: from the start page to the file", async ({ page, editor, open, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  test.slow();
  const press = async (target: Locator, key = "Enter"): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  const type = async (field: string, text: string): Promise<void> => {
    await tabTo(page, editor.input(field));
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
    if (!editor.isLive) await page.keyboard.press("Enter");
  };

  await open("/");
  await press(page.getByRole("link", { name: /^Start here/ }));
  await press(page.getByRole("link", { name: "Begin" }));
  await editor.opened();
  await expect(page.locator(STATUS)).toHaveText("0 of 5 steps done");

  await press(page.getByText("A hint").first());
  await expect(page.getByText("A Pod has a list of volumes beside its containers.")).toBeVisible();
  await press(page.getByRole("button", { name: "Add volume" }));
  await editor.expectFocus("spec.volumes[0].name");
  await type("spec.volumes[0].name", "html");
  await expect(page.locator(STATUS)).toHaveText("1 of 5 steps done");
  for (const [index, path] of ["/html", "/usr/share/nginx/html"].entries()) {
    await press(page.getByRole("button", { name: `Share html with ${index === 0 ? "writer" : "web"}` }));
    await editor.expectFocus(`spec.containers[${index}].volumeMounts[0].mountPath`);
    await type(`spec.containers[${index}].volumeMounts[0].mountPath`, path);
    await expect(page.locator(STATUS)).toHaveText(`${index + 2} of 5 steps done`);
  }
  await press(editor.input("spec.containers[1].volumeMounts[0].readOnly"), "Space");
  if (!editor.isLive) await press(page.getByRole("button", { name: "Apply changes" }).first());
  await expect(page.locator(STATUS)).toHaveText("4 of 5 steps done");
  await type("spec.volumes[0].emptyDir.sizeLimit", "16Mi");
  await expect(page.locator(STATUS)).toHaveText("5 of 5 steps done");
  await expect(page.getByRole("link", { name: /^Next lesson: / })).toBeVisible();
  await expect(page.getByRole("link", { name: "what happens to the files" })).toHaveAttribute("href", "#what-if");

  await press(page.getByRole("link", { name: "the Pod is deleted" }));
  await expect(page.locator(".outcome-of")).toContainText("html");
  await expect(page.locator(STATUS)).toHaveText("5 of 5 steps done");
  const download = page.waitForEvent("download");
  await press(page.getByRole("button", { name: "Download YAML" }));
  expect((await download).suggestedFilename()).toBe("web-content.yaml");
});

test.describe("a teacher", () => {
  test("writes a lesson, and hands out its link", async ({ page, open }) => {
    await open("/lesson");
    const box = page.getByLabel("The lesson, as YAML");
    const text = await box.inputValue();
    await box.fill(text.replace("title: ", "titel: "));
    await page.getByRole("button", { name: "Check the lesson" }).click();
    await expect(page.locator(".problems")).toContainText("Line 1, column 1");
    await box.fill(text.replace(/^title: .*$/m, "title: Für den Kurs"));
    await page.getByRole("button", { name: "Check the lesson" }).click();
    await expect(page.getByRole("heading", { name: "This lesson works" })).toBeVisible();
    await page.getByRole("link", { name: "Open the lesson" }).click();
    await expect(page.getByRole("heading", { name: "Für den Kurs" })).toBeVisible();
    await expect(page).toHaveURL(/\/l\/2/);
  });
});

test.describe("pages of lessons", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "axe is itself JavaScript");

  test("are accessible", async ({ page, open, editor }) => {
    test.slow();
    for (const path of ["/l/web-content", "/lesson"]) {
      await open(path);
      await expectAccessible(page);
    }
    await open("/l/web-content");
    await page.getByRole("link", { name: "Begin" }).click();
    await editor.opened();
    await expectAccessible(page);
    await open("/l/web-content");
    await page.getByRole("link", { name: "Open the finished manifest" }).click();
    await editor.opened();
    await expectAccessible(page);
  });

  test("a document in a frame of another page is read and opened", async ({ page, open, editor }) => {
    await open("/l/web-content");
    await page.getByRole("link", { name: "Open the finished manifest" }).click();
    await editor.opened();
    const address = page.url().replace("/p/", "/embed/").split("?")[0];
    const html = `<!doctype html><title>Course</title><iframe title="Pod" width="700" height="500" src="${address}"></iframe>`;
    const course = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(html)).listen(0, "127.0.0.1");
    await once(course, "listening");
    await page.goto(`http://127.0.0.1:${(course.address() as AddressInfo).port}/`);
    const frame = page.frameLocator("iframe");
    const heading = frame.getByRole("heading", { name: "web-content" });
    await expect(heading).toBeVisible();
    await page.locator("iframe").evaluate((frame) => frame.setAttribute("width", "360"));
    const top = async (part: Locator) => (await part.boundingBox())?.y ?? NaN;
    expect(await top(heading)).toBeLessThan(await top(frame.locator("#diagram")));
    expect(await top(frame.locator("#diagram"))).toBeLessThan(await top(frame.locator("#same-files")));
    await expect(frame.getByRole("link", { name: "Open in Podweave" })).toBeVisible();
    course.close();
  });
});

test("the code of a lesson in the place of a manifest's leads to it, and back", async ({ page, open, editor, javaScriptEnabled }) => {
  await open("/lesson");
  await page.getByRole("button", { name: "Check the lesson" }).click();
  const lesson = new URL(await page.locator("#lesson-link").inputValue()).pathname;
  await page.goto(lesson.replace("/l/", "/p/"));
  await editor.opened();
  await expect(page.locator(".is-lesson")).toContainText("This text is a lesson and no manifest: One writes, one serves.");
  // axe is itself JavaScript.
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole("link", { name: "Open the lesson" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One writes, one serves");
  await page.goto(lesson.replace("/l/", "/embed/"));
  await expect(page.getByRole("link", { name: "Open the lesson" })).toHaveAttribute("href", lesson);
  await editor.openPreset("One writes, one serves");
  const manifest = new URL(page.url()).pathname;
  await page.goto(manifest.replace("/p/", "/l/"));
  await expect(page).toHaveURL(new RegExp(`${manifest}$`));
});
