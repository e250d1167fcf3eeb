import { expect, expectAccessible, test } from "../fixtures";

test("the start page opens", async ({ page, open }) => {
  await open("/");
  await expect(page).toHaveTitle("Share files between containers · Podweave");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the start page is accessible", async ({ page, open, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "axe is itself JavaScript");
  await open("/");
  await expectAccessible(page);
});

test("the theme is switched and remembered", async ({ page, open, javaScriptEnabled }) => {
  const button = page.getByRole("button", { name: /^Theme:/ });
  await open("/");
  if (!javaScriptEnabled) {
    await expect(button).toBeHidden();
    return;
  }
  await expect(button).toHaveText("Theme: system");
  await button.click();
  await expect(button).toHaveText("Theme: light");
  await button.press("Enter");
  await expect(button).toHaveText("Theme: dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(button).toHaveText("Theme: dark");
});

test.describe("an unknown address", () => {
  test.use({ expectedMessages: [/status of 404/] });

  test("is answered with a page that says so", async ({ page, open }) => {
    await open("/nothing-here");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
    await page.getByRole("link", { name: "To the start" }).click();
    await expect(page).toHaveTitle("Share files between containers · Podweave");
  });
});
