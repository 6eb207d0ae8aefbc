// Perjanjian Kinerja in the browser: made from the plan, filled, printed, signed with an uploaded PDF, revised; without script, on a
// narrow screen, for screen readers.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

const SCAN = "%PDF-1.4\nperjanjian yang dipindai\n%%EOF\n";
const ELECTRONIC = "%PDF-1.7\n1 0 obj <</Type /Sig /ByteRange [0 10 20 30] /Contents <00>>> endobj\n%%EOF\n";

export function perjanjian({ address, browser, desktop, signIn, pictures }) {
  const folder = mkdtempSync(join(tmpdir(), "tolok-pk-"));
  const file = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const picture = async (page, name) => {
    if (pictures) await page.screenshot({ path: join(pictures, `pk-${name}.png`), fullPage: true });
  };
  const row = (page, unit) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: unit, exact: true }) });
  const upload = async (page, path, electronic) => {
    await page.getByRole("link", { name: "Catat tanda tangan" }).click();
    await page.getByLabel("Tanggal kedua pihak").fill("2021-02-01");
    if (electronic) await page.getByLabel(/^Tanda tangan elektronik/).check();
    await page.getByLabel("Berkas yang sudah ditandatangani").setInputFiles(path);
    await page.getByRole("button", { name: "Simpan" }).click();
  };

  return {
    async "agreements are made from the plan, printed and signed, and the board shows it"() {
      const context = await desktop({ acceptDownloads: true });
      const page = await signIn(context, "perencana");
      await page.getByRole("link", { name: "Perjanjian", exact: true }).click();
      assert.match(await page.locator("main").innerText(), /0 dari 20 sudah ditandatangani/);
      await picture(page, "papan-kosong");
      await page.getByRole("button", { name: "Buat perjanjian yang dicentang" }).click();
      await page.waitForURL(/\/perjanjian\?/);
      assert.match(await row(page, "Bidang Transmigrasi").innerText(), /Belum ditandatangani/);
      await picture(page, "papan");

      await page.getByRole("link", { name: "Bidang Transmigrasi", exact: true }).click();
      await page.getByRole("link", { name: "Ubah isi" }).click();
      await page.getByLabel("Tanggal perjanjian").fill("2021-01-29");
      // A line that the plan gives to nobody below the bidang.
      await page.getByLabel(/Jumlah Peserta sosialisasi/).check();
      await picture(page, "ubah");
      await page.getByRole("button", { name: "Simpan" }).click();
      await page.waitForURL(/\/perjanjian\/pk-BID\.4\?/);
      assert.match(await page.locator("main").innerText(), /Jumlah Peserta sosialisasi/);
      for (const [name, magic] of [["PDF", "%PDF"], ["DOCX", "PK"]]) {
        const [download] = await Promise.all([
          page.waitForEvent("download", { timeout: 120_000 }),
          page.getByRole("link", { name, exact: true }).click(),
        ]);
        const path = join(folder, download.suggestedFilename());
        await download.saveAs(path);
        assert.match(download.suggestedFilename(), /^perjanjian-kinerja-2021-disnakertrans-serang-pk-BID\.4\./);
        assert.equal(readFileSync(path).subarray(0, magic.length).toString(), magic);
      }
      // A program that calls itself a PDF is refused; the browser reports the answer 422 on the console.
      page.removeAllListeners("console");
      await upload(page, file("palsu.pdf", "MZ bukan pdf"));
      assert.match(await page.getByRole("alert").innerText(), /palsu\.pdf bukan PDF, JPEG atau PNG/);
      await picture(page, "tandatangan");
      await page.getByLabel("Berkas yang sudah ditandatangani").setInputFiles(file("pk.pdf", SCAN));
      await page.getByRole("button", { name: "Simpan" }).click();
      await page.waitForURL(/\/perjanjian\/pk-BID\.4\?/);
      assert.match(await page.locator("main").innerText(), /1 Februari 2021, Pindaian/);
      await picture(page, "isi");
      assert.equal(await page.getByRole("link", { name: "Ubah isi" }).count(), 0, "signed is signed");
      const [signed] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Unduh yang ditandatangani" }).click(),
      ]);
      await signed.saveAs(join(folder, "kembali.pdf"));
      assert.equal(readFileSync(join(folder, "kembali.pdf")).toString(), SCAN);
      await page.goto(`${address}/perjanjian`);
      assert.match(await page.locator("main").innerText(), /1 dari 20 sudah ditandatangani/);
      assert.match(await row(page, "Bidang Transmigrasi").innerText(), /Ditandatangani/);
      await context.close();
    },

    async "the head signs electronically; a revision needs its reason and keeps the old one"() {
      const context = await desktop();
      const head = await signIn(context, "kepala");
      await head.goto(`${address}/perjanjian/pk-KD`);
      await upload(head, file("pk-elektronik.pdf", ELECTRONIC), true);
      await head.waitForURL(/\/perjanjian\/pk-KD\?/);
      assert.match(await head.locator("main").innerText(), /1 tanda tangan elektronik terdeteksi, keabsahannya tidak diperiksa/);
      assert.equal(await head.getByRole("link", { name: "Buat perubahan" }).count(), 0, "revising is for planners");
      await context.close();
      const other = await desktop();
      const page = await signIn(other, "perencana");
      await page.goto(`${address}/perjanjian/pk-KD`);
      await page.getByRole("link", { name: "Buat perubahan" }).click();
      await page.getByLabel(/^Perubahan prioritas atau asumsi/).check();
      await page.getByLabel("Tanggal perjanjian").fill("2021-10-15");
      await picture(page, "perubahan");
      await page.getByRole("button", { name: "Buat perubahan" }).click();
      await page.waitForURL(/\/perjanjian\?/);
      assert.match(await row(page, "Kepala Dinas Tenaga Kerja dan Transmigrasi").innerText(), /Perubahan.*Belum ditandatangani/s);
      await page.goto(`${address}/perjanjian/pk-KD`);
      assert.match(await page.locator("main").innerText(), /sudah diganti oleh perubahannya/);
      await other.close();
    },

    async "officials are recorded without script and named on the agreement"() {
      const context = await desktop({ javaScriptEnabled: false });
      const page = await signIn(context, "perencana");
      await page.goto(`${address}/pejabat`);
      await page.getByLabel("Unit", { exact: true }).selectOption({ label: "Bidang Pelatihan Kerja dan Produktifitas" });
      await page.getByLabel("Status").selectOption("plt");
      await page.getByLabel("Nama dengan gelar").fill("Nama Pejabat Contoh");
      await page.getByLabel("Mulai").fill("2021-01-01");
      await page.getByRole("button", { name: "Simpan" }).click();
      await page.waitForURL(/\/pejabat\?/);
      await picture(page, "pejabat");
      await page.goto(`${address}/perjanjian/pk-BID.1`);
      assert.match(await page.locator("main").innerText(), /Plt\. Kepala Bidang Pelatihan Kerja dan Produktifitas\s+Plt\. Nama Pejabat Contoh/);
      await context.close();
    },

    async "pages of agreements pass axe and fit a phone"() {
      const context = await desktop();
      const page = await signIn(context, "perencana");
      const narrow = await browser.newContext({ viewport: { width: 360, height: 740 } });
      const phone = await signIn(narrow, "perencana");
      const paths = ["", "/pk-BID.1", "/pk-BID.1/ubah", "/pk-BID.1/tandatangan", "/perubahan"].map((p) => `/perjanjian${p}`);
      for (const path of [...paths, "/pejabat"]) {
        await page.goto(address + path);
        const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
        const found = result.violations.map((v) => `${path}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
        assert.deepEqual(found, []);
        await phone.goto(address + path);
        const width = await phone.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `${path} is ${width} wide`);
        await picture(phone, `hp${path.replaceAll("/", "-")}`);
      }
      await Promise.all([context.close(), narrow.close()]);
    },
  };
}
