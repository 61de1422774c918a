// Opens the history, and what the last one of these leads to.
export async function open_past(page, link, shown) {
    await page.getByRole("button", { name: /^(历史|History)$/ }).click();
    await page.waitForSelector(".weeks table");
    if (link) {
        await page.locator(link).last().click();
        await page.waitForSelector(shown);
    }
}
