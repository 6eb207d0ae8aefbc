// Review in the browser: findings of the office's data, accepted with a reason; files uploaded and shown with the rows they stand in; the
// report published.
import assert from "node:assert/strict";
import { join } from "node:path";

export function reviu({ address, desktop, signIn, pictures }) {
  const picture = async (page, name) => {
    if (pictures) await page.screenshot({ path: join(pictures, `reviu-${name}.png`), fullPage: true });
  };
  return {
    async "findings are listed, accepted with a reason, and opened again"() {
      const context = await desktop();
      const page = await signIn(context, "evaluator");
      await page.getByRole("link", { name: "Reviu", exact: true }).click();
      await page.goto(`${address}/reviu?tahun=2021`);
      await picture(page, "data");
      const first = page.locator("ol.temuan > li").first();
      await first.getByRole("textbox").fill("Menurut keputusan kepala dinas");
      await first.getByRole("button", { name: "Terima" }).click();
      await page.waitForURL(/\/reviu\?tahun=2021$/);
      const accepted = page.locator("ol.temuan > li", { hasText: "Menurut keputusan kepala dinas" });
      await accepted.waitFor();
      assert.match(await page.locator("main").innerText(), /1 diterima/);
      await accepted.getByRole("button", { name: "Buka lagi" }).click();
      await page.getByText("0 diterima").waitFor();
      await page.goto(`${address}/reviu/aturan`);
      await picture(page, "aturan");
      await context.close();
    },

    async "a file is reviewed, and each finding shows its row"() {
      const context = await desktop();
      const page = await signIn(context, "evaluator");
      await page.goto(`${address}/reviu/berkas`);
      const table = "# Tabel 3.4 Realisasi Anggaran 2021\n\n| Kode | Program | Pagu (Rp) | Realisasi (Rp) | % |\n|---|---|---|---|---|\n"
        + "| 2.07.03 | Program Pelatihan Kerja | 1.000.000 | 900.000 | 95,00 |\n";
      await page.locator("#berkas").setInputFiles([
        { name: "lkjip.md", mimeType: "text/markdown", buffer: Buffer.from(table) },
        { name: "rusak.xls", mimeType: "application/vnd.ms-excel", buffer: Buffer.from("bukan buku kerja") },
      ]);
      await page.getByRole("button", { name: "Reviu", exact: true }).click();
      await page.getByText("Yang terbaca").waitFor();
      assert.match(await page.getByRole("alert").innerText(), /rusak\.xls/);
      assert.equal(await page.locator("mark", { hasText: "95,00" }).count(), 1);
      await picture(page, "berkas");
      await context.close();
    },

    async "nothing is published while the report's sentences hold errors; accepted with a reason, its files stay"() {
      const context = await desktop({ acceptDownloads: true });
      const page = await signIn(context, "kepala");
      await page.goto(`${address}/laporan?tahun=2021`);
      await page.getByRole("link", { name: /^Naskah laporan \(\d+\)$/ }).click();
      assert.match(await page.locator("main").innerText(), /Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu/);
      await picture(page, "naskah");
      const open = page.getByRole("button", { name: "Terima" });
      for (let left = await open.count(); left > 0; left--) {
        await page.goto(`${address}/reviu/naskah?tahun=2021&tingkat=kesalahan`);
        if ((await open.count()) === 0) break;
        const first = page.locator("ol.temuan > li", { has: open }).first();
        await first.getByRole("textbox").fill("Kalimat sumber; dibetulkan dalam laporan berikutnya");
        await first.getByRole("button", { name: "Terima" }).click();
        await page.waitForURL(/\/reviu\/naskah\?tahun=2021$/);
      }
      await page.goto(`${address}/laporan?tahun=2021`);
      await page.getByLabel("Nomor (boleh kosong)").fill("000.8/15/2022");
      // The PDF is set first, which takes a while in an unoptimised program.
      await page.getByRole("button", { name: "Terbitkan" }).click({ timeout: 300_000 });
      await page.getByText("000.8/15/2022").waitFor({ timeout: 300_000 });
      await picture(page, "terbit");
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF", exact: true }).last().click()]);
      assert.equal(download.suggestedFilename(), "lkjip-2021-disnakertrans-serang.pdf");
      await context.close();
    },
  };
}
