// The page on paper, in colours that the browser sets, and as a link in a chat.

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures";

test.beforeEach(({}, { project }) => {
  test.skip(project.name !== "desktop", "the same for every browser");
});

const BROKEN = "kind: Pod\napiVersion: v1\nmetadata: {name: A}\nspec:\n  containers:\n  - {name: web, image: alpine, volumeMounts: [{name: v, mountPath: /v}]}\n  volumes:\n  - {name: v, emptyDir: {sizeLimit: 64m}}\n";

const style = async (page: Page, selector: string, property: string) =>
  await page.locator(selector).first().evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property);

test("paper has the picture, the findings and the YAML, whole and black on white", async ({ page, editor }) => {
  await editor.openManifest(BROKEN + `  # ${"a long comment ".repeat(30)}\n`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ media: "print", colorScheme });
    await page.setViewportSize({ width: 700, height: 900 });
    for (const shown of ["#diagram", "#result", "#manifest"]) await expect(page.locator(shown)).toBeVisible();
    for (const hidden of ["#editor", ".take-away", "#shortcuts-open", "#undo", ".peek", "#text"]) await expect(page.locator(hidden)).toBeHidden();
    await expect(page.locator("button:visible")).toHaveCount(0);
    expect(await style(page, "#manifest", "color")).toBe("rgb(0, 0, 0)");
    expect(await style(page, ":root", "background-color")).toBe("rgb(255, 255, 255)");
    const cut = await page.locator("#manifest, #findings, #result, .result-side").evaluateAll((parts) =>
      parts.filter((part) => part.scrollHeight > part.clientHeight + 4 || part.scrollWidth > part.clientWidth + 4).map((part) => part.id || part.className),
    );
    expect(cut).toEqual([]);
  }
});

test("paper has the lesson with its task and steps, without its hints", async ({ page, editor, open }) => {
  const onPaper = async (link?: string): Promise<void> => {
    await page.emulateMedia({ media: "screen" });
    await open("/l/web-content");
    if (link) {
      await page.getByRole("link", { name: link }).click();
      await editor.opened();
    }
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("a.button:visible, #editor:visible, .undo:visible")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "One writes, one serves" })).toBeVisible();
    await expect(page.getByText("Two containers of one Pod share files through a volume")).toBeVisible();
    await expect(page.getByText("Add a volume to the Pod and call it html.")).toBeVisible();
  };
  await onPaper();
  await expect(page.getByText("A size limit on disk is no quota")).toBeVisible();
  await onPaper("Begin");
  await expect(page.getByText("A Pod has a list of volumes beside its containers.")).toBeHidden();
  await expect(page.getByText("A hint", { exact: true }).first()).toBeHidden();
  await onPaper("Open the finished manifest");
  await expect(page.getByText("Make the mount of writer read-only too")).toBeVisible();
  expect(await style(page, ".trials > p > code", "display"), "a name within a sentence").toBe("inline");
});

test("paper has what was asked", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await page.getByRole("link", { name: "the Pod is deleted" }).click();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".outcome-of")).toBeVisible();
  await expect(page.locator("#what-if a.button:visible")).toHaveCount(0);
});

test("on paper, the frame of the picture is drawn whole", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await page.emulateMedia({ media: "print" });
  expect(await style(page, "#diagram > svg", "overflow-x")).toBe("visible");
});

test("without colours of our own, lines tell what colours told", async ({ page, editor }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await editor.openManifest(BROKEN);
  expect(await style(page, '[aria-invalid="true"]', "border-top-style")).toBe("dashed");
  expect(await style(page, '#manifest [data-severity="error"]', "border-left-style")).toBe("solid");
  expect(await style(page, '#manifest [data-severity="warning"]', "border-left-style")).toBe("double");
  expect(await style(page, '.lights [data-light="red"]', "border-top-width")).toBe("3px");
  const highlight = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = "Highlight";
    return getComputedStyle(probe).color;
  });
  expect(await style(page, '#manifest [data-severity="error"]', "border-left-color")).toBe(highlight);
  expect(await style(page, '[aria-invalid="true"]', "border-top-color")).toBe(highlight);
});

test("a link is shown elsewhere with a description and a picture", async ({ page, editor, request, baseURL }) => {
  await editor.openPreset("One writes, one serves");
  const content = async (property: string) => await page.locator(`meta[property="og:${property}"]`).getAttribute("content");
  expect(await content("description")).toContain("Container writer: can write html at /html.");
  await expect(page.locator("meta[name=description]")).toHaveAttribute("content", (await content("description")) ?? "");
  expect(await content("url")).toBe(page.url());
  const address = (await content("image")) ?? "";
  expect(address).toBe(`${page.url()}.png`);
  expect(address.startsWith(baseURL ?? "-")).toBe(true);
  const picture = await request.get(address, { headers: { "accept-encoding": "br" } });
  expect(picture.headers()).toMatchObject({ "content-type": "image/png", "cross-origin-resource-policy": "cross-origin" });
  expect(picture.headers()["content-encoding"]).toBeUndefined();
  const bytes = await picture.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  const again = await request.get(address, { headers: { "if-none-match": picture.headers()["etag"] ?? "", "accept-encoding": "br" } });
  expect(again.status()).toBe(304);
});
