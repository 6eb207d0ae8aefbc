// A year of work of one office, in the browser alone: people invited, the year opened, the plan revised, targets and money set, agreements
// signed, action plan, four quarters entered from a spreadsheet, one figure returned and mended, verified, locked, the report.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, invite, openBrowser, paste, run, startTolok, typePassword } from "./peladen.mjs";

const [tolok] = process.argv.slice(2);
const pictures = process.env.TOLOK_GAMBAR;
const server = await startTolok(tolok, await freePort());
const { address } = server;
const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), "tolok-tahun-"));
const YEAR = "2022";
const begun = Date.now();

/** One page for each person, signed in for the whole year. */
const people = {};
async function enter(name) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("pageerror", (e) => assert.fail(`script: ${e}`));
  await typePassword(page, address, name);
  await page.waitForURL(`${address}/`);
  people[name] = page;
}
const picture = async (page, name) => {
  if (pictures) await page.screenshot({ path: join(pictures, `tahun-${name}.png`), fullPage: true });
};
const told = (page, text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
const press = (page, name) => page.getByRole("button", { name }).click();

/** What the quarter brings, row by row of the grid: value and remark, as they would stand in a spreadsheet. */
const quarter = (page, tw) => page.locator("tr[data-petak]").evaluateAll((rows, n) => rows
  .filter((row) => row.querySelector("input[name^='nilai:']"))
  .map((row) => {
    const [subject, variable] = row.dataset.petak.slice(2).split("/");
    const target = row.querySelector("[data-l='Target']")?.textContent.trim() ?? "";
    // Money by the quarter, counts half reached, percentages as promised.
    let value = target;
    if (row.dataset.petak.startsWith("s/")) value = String(1_000_000 * n);
    else if (variable) value = String(10 * n);
    else if (!target) value = "1";
    return `${value}\t${subject.startsWith("iku") ? `Triwulan ${n}` : ""}`;
  }).join("\n"), tw);

async function fill(tw) {
  const page = people.pengisi;
  await page.goto(`${address}/isi?tahun=${YEAR}&tw=${tw}`);
  await paste(page.locator("input[name^='nilai:']").first(), await quarter(page, tw));
  await page.locator("dialog.pratinjau").waitFor();
  await picture(page, `tempel-${tw}`);
  await press(page, "Tulis");
  await page.locator("[data-status]", { hasText: /ditempel/ }).waitFor();
  await page.reload();
  await picture(page, `isi-${tw}`);
  await press(page, /^Ajukan \d+ angka/);
  await told(page, "diajukan untuk diverifikasi");
}

/** Everything that was handed in is verified, but what `except` says. */
async function verify(tw, except = "") {
  const page = people.verifikator;
  await page.goto(`${address}/verifikasi?tahun=${YEAR}&tw=${tw}`);
  await page.locator("select[name^='pilih:']").evaluateAll((all) => all.forEach((s) => { s.value = "verifikasi"; }));
  if (except) {
    await page.locator(`select[name='pilih:${except}']`).selectOption("kembalikan");
    await page.locator(`input[name='alasan:${except}']`).fill("Tidak sama dengan daftar hadir");
  }
  await picture(page, `verifikasi-${tw}`);
  await press(page, "Simpan keputusan");
  await told(page, "angka diputuskan");
}

async function lock(tw) {
  await people.admin.goto(`${address}/jadwal?tahun=${YEAR}`);
  await press(people.admin, `Kunci Triwulan ${["I", "II", "III", "IV"][tw - 1]} ${YEAR}`);
  await picture(people.admin, `kunci-${tw}`);
}

await run({
  async "an administrator invites the people of the office"() {
    await enter("admin");
    const page = people.admin;
    for (const [name, role, shown] of [["perencana", "perencana", "Sub Bagian Program"], ["pengisi", "pengisi", "Pengelola Data"],
      ["verifikator", "verifikator", "Verifikator Data"], ["kepala", "kepala", "Kepala Dinas"]]) {
      await invite(page, address, name, role, shown);
      await enter(name);
    }
  },

  async "the planner opens the year, revises the Renstra, sets targets and money by paste"() {
    const page = people.perencana;
    await page.goto(`${address}/tahun/buka`);
    await press(page, "Buka tahun");
    await page.waitForURL(/\/rencana\?tahun=2022/);
    await page.goto(`${address}/dokumen/renstra-p?tahun=${YEAR}`);
    await page.locator("#r-tanggal").fill("2022-01-10");
    await page.locator("#r-alasan").fill("Penyesuaian RPJMD");
    await press(page, "Buat versi baru");
    await page.waitForURL(/\/dokumen\/renstra-p2\?/);
    await page.goto(`${address}/rencana/target?tahun=${YEAR}&dokumen=renstra-p2`);
    await page.locator("input[name='2022:iku.1']").fill("9");
    await press(page, "Simpan");
    await page.getByText("Tersimpan.").waitFor();
    await page.goto(`${address}/dokumen/renstra-p2?tahun=${YEAR}`);
    assert.match(await page.locator("main").innerText(), /iku\.1 Tingkat Pengangguran Terbuka\s+2022\s+9,06\s+9\s/);
    await picture(page, "revisi");

    // The year's targets: every row of the DPA, as a column copied from last year's.
    await page.goto(`${address}/rencana/target?tahun=2021&dokumen=dpa-p`);
    const targets = await page.locator("tbody input").evaluateAll((cells) => cells.map((c) => [c.name.slice(5), c.value]));
    await page.goto(`${address}/rencana/pagu?tahun=2021&dokumen=dpa-p`);
    const money = await page.locator("tbody input").evaluateAll((cells) => cells.map((c) => [c.name.slice(5), c.value]));
    for (const [what, values] of [["target", targets], ["pagu", money]]) {
      await page.goto(`${address}/rencana/${what}?tahun=${YEAR}&dokumen=dpa-2022`);
      const all = page.getByRole("link", { name: "Tampilkan semua indikator" });
      if (await all.count()) await all.click();
      const old = new Map(values);
      const cells = page.locator("tbody input");
      const block = (await cells.evaluateAll((found) => found.map((c) => c.name.slice(5)))).map((kode) => old.get(kode) ?? "").join("\n");
      await paste(cells.first(), block);
      await press(page, "Simpan");
      await page.getByText("Tersimpan.").waitFor();
      await picture(page, what);
    }
    await page.goto(`${address}/dokumen/dpa-2022?tahun=${YEAR}`);
    await page.locator("#tanggal").fill("2022-01-05");
    await press(page, "Simpan");
    await page.getByText("Tersimpan.").waitFor();
  },

  async "every official promises and signs"() {
    const page = people.perencana;
    await page.goto(`${address}/perjanjian?tahun=${YEAR}`);
    assert.match(await page.locator("main").innerText(), /5 Februari 2022/);
    await press(page, "Buat perjanjian yang dicentang");
    await page.waitForURL(/\/perjanjian\?/);
    const codes = await page.locator("tbody th a[href*='/perjanjian/']")
      .evaluateAll((links) => links.map((a) => new URL(a.href).pathname));
    assert.ok(codes.length >= 19, `${codes.length} agreements`);
    const scan = join(folder, "pk.pdf");
    writeFileSync(scan, "%PDF-1.4\nperjanjian yang dipindai\n%%EOF\n");
    const head = people.kepala;
    for (const path of codes) {
      await head.goto(`${address}${path}/tandatangan?tahun=${YEAR}`);
      await head.getByLabel("Tanggal kedua pihak").fill("2022-01-31");
      await head.getByLabel("Berkas yang sudah ditandatangani").setInputFiles(scan);
      await press(head, "Simpan");
      await head.waitForURL((url) => url.pathname === path);
    }
    await head.goto(`${address}/perjanjian?tahun=${YEAR}`);
    await picture(head, "perjanjian");
    assert.match(await head.locator("main").innerText(), new RegExp(`${codes.length} dari 20 sudah ditandatangani`));
  },

  async "the action plan divides the year"() {
    const page = people.perencana;
    await page.goto(`${address}/rencana-aksi?tahun=${YEAR}`);
    await page.getByRole("link", { name: "Usulkan yang kosong" }).click();
    await press(page, "Simpan");
    await told(page, /tersimpan/);
    await picture(page, "rencana-aksi");
    await page.goto(`${address}/rencana-aksi/kas?tahun=${YEAR}`);
    await page.getByRole("link", { name: "Usulkan bagi rata" }).click();
    await press(page, "Simpan");
    assert.match(await page.locator("tfoot").innerText(), /sama/);
    await picture(page, "kas");
  },

  async "four quarters are entered by paste, verified and locked; one figure is returned and mended"() {
    for (const tw of [1, 2, 3, 4]) {
      await fill(tw);
      if (tw === 1) {
        const petak = await people.pengisi.locator("tr[data-petak^='i/']").first().getAttribute("data-petak");
        await verify(tw, petak);
        await people.pengisi.goto(`${address}/tugas`);
        assert.match(await people.pengisi.locator("main").innerText(), /Tidak sama dengan daftar hadir/);
        await people.pengisi.goto(`${address}/isi?tahun=${YEAR}&tw=${tw}`);
        await people.pengisi.locator(`input[name='ket:${petak}']`).fill("Sesuai daftar hadir yang diperbaiki");
        await people.pengisi.keyboard.press("Enter");
        await people.pengisi.locator("[data-status]", { hasText: "Semua tersimpan" }).waitFor();
        await people.pengisi.reload();
        await press(people.pengisi, /^Ajukan 1 angka/);
        await told(people.pengisi, "1 angka diajukan");
        await verify(tw);
      } else {
        await verify(tw);
      }
      await lock(tw);
    }
    const page = people.pengisi;
    await page.goto(`${address}/isi?tahun=${YEAR}&tw=2`);
    assert.equal(await page.locator("input[name^='nilai:']").count(), 0, "locked is locked");
  },

  async "the report is made of what was entered"() {
    const page = people.kepala;
    await page.goto(`${address}/laporan?tahun=${YEAR}`);
    await picture(page, "laporan");
    for (const [name, magic] of [["PDF", "%PDF"], ["DOCX", "PK"]]) {
      const [download] = await Promise.all([
        page.waitForEvent("download", { timeout: 300_000 }),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      const path = join(pictures ?? folder, download.suggestedFilename());
      await download.saveAs(path);
      assert.equal(readFileSync(path).subarray(0, magic.length).toString(), magic);
    }
    await page.goto(`${address}/laporan/lihat?tahun=${YEAR}`);
    assert.match(await page.locator("body").innerText(), /Triwulan 4/);
    console.log(`     a year in ${Math.round((Date.now() - begun) / 1000)} s`);
  },
}, async () => {
  await browser.close();
  server.stop();
});
