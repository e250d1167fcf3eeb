// From nothing to a document: presets, or an empty Pod.

import { expect, test } from "../fixtures";

test("a preset opens as a document that Kubernetes accepts", async ({ page, open, editor }) => {
  await open("/");
  const gallery = page.getByRole("region", { name: "Start from a preset" });
  await expect(gallery.getByRole("listitem").getByRole("heading")).toHaveCount(5);
  await editor.openPreset("One writes, one serves");
  await expect(page).toHaveTitle("web-content · Podweave");
  await editor.expectManifest("apiVersion: v1", "kind: Pod", "metadata:", "  name: web-content", "");
  await expect(editor.findings).toHaveCount(0);
  await expect(page.locator("#verdict")).toHaveText("Kubernetes 1.35 accepts this manifest.");
});

test("an empty Pod becomes two containers that share a volume", async ({ page, editor }) => {
  await editor.openEmptyPod();
  await editor.fill("metadata.name", "shared");
  await editor.press("Add container");
  await editor.expectFocus("spec.containers[0].name");
  await editor.fill("spec.containers[0].image", "alpine:3.22");
  await editor.press("Add mount", editor.item("app"));
  await editor.expectFocus("spec.containers[0].volumeMounts[0].mountPath");
  await editor.press("Add container");
  await editor.fill("spec.containers[1].image", "nginx:1.29-alpine");
  await editor.press("Share with app-2");
  await editor.expectFocus("spec.containers[1].volumeMounts[0].mountPath");
  await editor.expectManifest(
    "apiVersion: v1",
    "kind: Pod",
    "metadata:",
    "  name: shared",
    "spec:",
    "  containers:",
    "    - name: app",
    "      image: alpine:3.22",
    "      volumeMounts:",
    "        - name: shared-data",
    "          mountPath: /shared-data",
    "    - name: app-2",
    "      image: nginx:1.29-alpine",
    "      volumeMounts:",
    "        - name: shared-data",
    "          mountPath: /shared-data",
    "  volumes:",
    "    - name: shared-data",
    "      emptyDir: {}",
    "",
  );
  await expect(page.locator("#verdict")).toHaveAttribute("data-verdict", "accepted");
});
