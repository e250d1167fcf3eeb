// From nothing to a document: presets, or a new Pod.

import { expect, test } from "../fixtures";

test("a lesson's manifest opens as a document that Kubernetes accepts", async ({ page, open, editor }) => {
  await open("/");
  const gallery = page.getByRole("region", { name: "Start from a manifest that works, or build it step by step" });
  await expect(gallery.getByRole("listitem").getByRole("heading")).toHaveCount(12);
  await editor.openPreset("One writes, one serves");
  await expect(page).toHaveTitle("web-content · Podweave");
  await editor.expectManifest("apiVersion: v1", "kind: Pod", "metadata:", "  name: web-content", "");
  await expect(editor.findings).toHaveCount(0);
  await expect(page.locator("#verdict")).toHaveText("Kubernetes 1.35 accepts this manifest.");
});

test("a new Pod becomes two containers that share a volume in memory, downloaded, in ten actions", async ({ page, editor }) => {
  let actions = 0;
  // A page or a file that the browser asks the server for, be it by a link or by a button.
  let submits = 0;
  page.on("request", (request) => (submits += request.isNavigationRequest() && !request.redirectedFrom() ? 1 : 0));
  const act = async (action: Promise<void>) => {
    actions += 1;
    await action;
  };
  await act(editor.openNewPod());
  await expect(page.locator("#verdict")).toHaveAttribute("data-verdict", "accepted");
  await act(editor.press("Add container"));
  await editor.expectFocus("spec.containers[1].image");
  await act(editor.fill("spec.containers[1].image", "alpine:3.22"));
  await expect(editor.input("spec.containers[1].name")).toHaveValue("alpine");
  await act(editor.press("Share a new volume between nginx and alpine"));
  await editor.expectFocus("spec.volumes[0].emptyDir.sizeLimit");
  await act(editor.fill("spec.volumes[0].emptyDir.sizeLimit", "64Mi"));
  await act(editor.check("spec.volumes[0].emptyDir.medium"));
  await act(
    (async () => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download YAML" }).click();
      await download;
    })(),
  );
  expect(actions).toBeLessThanOrEqual(10);
  // The start page, the new Pod and the file; without JavaScript at most 14 are wanted.
  expect(submits).toBe(editor.isLive ? 3 : 8);
  await editor.expectManifest(
    "apiVersion: v1",
    "kind: Pod",
    "metadata:",
    "  name: shared-files",
    "spec:",
    "  containers:",
    "    - name: nginx",
    "      image: nginx:1.29-alpine",
    "      volumeMounts:",
    "        - name: shared-data",
    "          mountPath: /usr/share/nginx/html",
    "    - name: alpine",
    "      image: alpine:3.22",
    "      volumeMounts:",
    "        - name: shared-data",
    "          mountPath: /shared-data",
    "  volumes:",
    "    - name: shared-data",
    "      emptyDir:",
    "        medium: Memory",
    "        sizeLimit: 64Mi",
    "",
  );
  await expect(page.locator("#verdict")).toHaveAttribute("data-verdict", "accepted");
});

test("a name follows the image until somebody writes one", async ({ editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openNewPod();
  const name = editor.input("spec.containers[0].name");
  await editor.fill("spec.containers[0].image", "redis:8-alpine");
  await expect(name).toHaveValue("redis");
  await editor.press("Duplicate container redis");
  await editor.fill("spec.containers[1].image", "nginxinc/nginx-unprivileged:1.28");
  await expect(editor.input("spec.containers[1].name")).toHaveValue("nginx-unprivileged");
  await editor.fill("spec.containers[0].name", "cache");
  await editor.fill("spec.containers[0].image", "valkey/valkey:8");
  await expect(name).toHaveValue("cache");
});
