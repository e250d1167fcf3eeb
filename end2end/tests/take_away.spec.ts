// What a person leaves with.

import { expect, test } from "../fixtures";

test("the files are the manifest, as YAML and as JSON", async ({ page, request, editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openPreset("A sidecar follows the log");
  const manifest = await editor.manifest.textContent();
  const yaml = await request.get((await page.getByRole("link", { name: "YAML", exact: true }).getAttribute("href")) ?? "");
  expect(yaml.headers()["content-type"]).toBe("application/yaml");
  expect(yaml.headers()["content-disposition"]).toBeUndefined();
  expect(await yaml.text()).toBe(manifest);
  const json = await request.get((await page.getByRole("link", { name: "JSON", exact: true }).getAttribute("href")) ?? "");
  expect(json.headers()["content-type"]).toBe("application/json");
  expect(await json.json()).toMatchObject({ kind: "Pod", metadata: { name: "log-shipper" } });
  const file = await request.get(`${yaml.url()}?download`);
  expect(file.headers()["content-disposition"]).toBe('attachment; filename="log-shipper.yaml"');
  expect(await file.text()).toBe(manifest);
});

test("the command applies the link", async ({ page, editor }) => {
  await editor.openPreset("A sidecar follows the log");
  await editor.fill("metadata.name", "renamed");
  await expect(page.getByLabel("Apply it to a cluster")).toHaveValue(`kubectl apply -f ${page.url()}.yaml`);
});

test("manifest and link are copied", async ({ page, context, editor }) => {
  test.skip(!editor.isLive, "without JavaScript there are no buttons that copy");
  await context.grantPermissions(["clipboard-write"]);
  // The page itself may not read the clipboard; a person pastes.
  const note = await context.newPage();
  await note.setContent("<textarea></textarea>");
  const clipboard = async () => {
    await note.bringToFront();
    await note.locator("textarea").fill("");
    await note.locator("textarea").press("ControlOrMeta+V");
    const text = await note.locator("textarea").inputValue();
    await page.bringToFront();
    return text;
  };
  await editor.openPreset("A sidecar follows the log");
  await editor.fill("metadata.name", "renamed");
  await page.getByRole("button", { name: "Copy YAML" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await clipboard()).toBe(await editor.manifest.textContent());
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(clipboard).toBe(page.url());
});
