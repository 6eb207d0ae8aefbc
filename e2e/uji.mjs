// Browser tests of the demo in Debian's Chromium: sign in, find an indicator, change a figure, download the report; by keyboard
// alone; without script; accessibility; a narrow screen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { evaluasi } from "./evaluasi.mjs";
import { openBrowser, paste } from "./peladen.mjs";
import { perjanjian } from "./perjanjian.mjs";
import { reviu } from "./reviu.mjs";

const [address, tolok, data] = process.argv.slice(2);
const pictures = process.env.TOLOK_GAMBAR;
const browser = await openBrowser();

const PAGES = ["/", "/rencana", "/rencana?q=pelatihan", "/pengukuran", "/pengukuran?tahun=2021&tw=2", "/anggaran", "/laporan",
  "/riwayat?periksa=ya", "/tugas", "/kabar", "/isi?tw=4", "/isi/bukti?tahun=2021&petak=i/iku.2/pelatihan_mandiri/2021", "/verifikasi?tw=4", "/jadwal",
  "/indikator/iku.5", "/indikator/iku.1", "/cari?q=pelatihan",
  "/indikator/iku.5/ubah?tahun=2021&periode=2021&variabel=transmigran_bertahan", "/rencana/visi", "/rencana/simpul/2.07.03",
  "/rencana/simpul/baru?induk=2.07.03", "/rencana/indikator/iku.2", "/rencana/indikator/baru?simpul=S1",
  "/rencana/target?dokumen=renstra-p", "/rencana/target?dokumen=dpa-p", "/rencana/pagu?dokumen=dpa-p", "/dokumen",
  "/dokumen/renstra-p", "/dokumen/baru", "/unit", "/unit/BID.1", "/tahun/buka", "/rencana-aksi",
  "/rencana-aksi?tahun=2021&usul=rata", "/rencana-aksi/kas", "/rencana-aksi/kas?tahun=2021&rinci=bulan", "/rencana-aksi/iku.4", "/saya",
  "/perjanjian", "/pejabat", "/reviu?tahun=2021", "/reviu/naskah?tahun=2021", "/reviu/berkas", "/reviu/aturan", "/rencana/pohon", "/rencana/pohon?tahun=2021&gambar=2", "/rencana/pohon/susun", "/rencana/pohon/silang",
  "/rencana/pohon/kondisi/2.07.03", "/rencana/pohon/kondisi/baru?induk=S1",
  "/evaluasi", "/evaluasi?templat=88-2021", ...[1, 2, 3, 4].map((k) => `/evaluasi/lke-2021?tahun=2021&komponen=${k}`), "/evaluasi/lhe-2020",
  "/rekomendasi", "/rekomendasi?keadaan=belum", "/rekomendasi/R1", "/rekomendasi/R4"];
/** Pages of all offices of a region, for whom sees them. */
const REGION = ["/daerah", "/daerah/sasaran", "/daerah/terlambat", "/daerah/pencilan", "/daerah/peringkat", "/daerah/evaluasi",
  "/daerah/penghargaan", "/daerah/penghargaan?lihat=unit", "/daerah/penghargaan?capaian=60&serapan=40", "/daerah/uang", "/daerah/uang?jenis=habis"];
/** Who visits which pages. */
const VISITS = [["perencana", PAGES], ["pimpinan", REGION]];

async function signIn(context, name) {
  const page = await context.newPage();
  page.on("console", (m) => assert.notEqual(m.type(), "error", `console: ${m.text()}`));
  page.on("pageerror", (e) => assert.fail(`script: ${e}`));
  await page.goto(`${address}/masuk`);
  await page.getByLabel("Nama akun").fill(name);
  await page.getByLabel("Sandi").fill("tolok-demo-2021");
  await page.getByRole("button", { name: "Masuk" }).click();
  await page.waitForURL(`${address}/`);
  return page;
}

const desktop = (options = {}) => browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });

async function saveValue(page, kode, query, value, remark = "") {
  await page.goto(`${address}/indikator/${kode}/ubah?${query}`);
  await page.locator("#nilai").fill(value);
  if (remark) await page.locator("#keterangan").fill(remark);
  await page.getByRole("button", { name: "Simpan" }).click();
}

const tests = {
  async "a wrong password is refused without saying what was wrong"() {
    const context = await desktop();
    const page = await context.newPage();
    await page.goto(address);
    assert.match(page.url(), /\/masuk\?ke=/);
    await page.getByLabel("Nama akun").fill("perencana");
    await page.getByLabel("Sandi").fill("salah sekali");
    await page.getByRole("button", { name: "Masuk" }).click();
    assert.match(await page.getByRole("alert").innerText(), /tidak cocok/);
    await context.close();
  },

  async "sign in, find an indicator, change a figure: page, home, report and history show it"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    assert.match(await page.locator("main").innerText(), /4 dari 7/);
    await page.getByRole("searchbox").first().fill("berhuni");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /Ketahanan Berhuni/ }).first().click();
    assert.match(await page.locator("main").innerText(), /88,20%/);
    await page.getByRole("link", { name: "Ubah transmigran_bertahan, 2021" }).click();
    await page.locator("#nilai").fill("30");
    await page.locator("#keterangan").fill("Dua keluarga kembali ke lokasi");
    await page.getByRole("button", { name: "Simpan" }).click();
    await page.waitForURL(/\/indikator\/iku\.5\?/);
    // 30 / 35 = 85,714... %; against 90,7 that is 94,50 %.
    assert.match(await page.locator("main").innerText(), /94,50%/);
    assert.match(await page.locator("#asal").innerText(), /diketik di Tolok/);
    await page.goto(`${address}/`);
    assert.match(await page.locator("main").innerText(), /94,50/);
    await page.goto(`${address}/laporan/lihat`);
    assert.match(await page.locator("body").innerText(), /94,50/);
    await page.goto(`${address}/riwayat`);
    assert.match(await page.locator("main").innerText(), /iku\.5 transmigran_bertahan 2021.*28 menjadi 30/s);
    await context.close();
  },

  async "the report downloads as PDF, DOCX and XLSX"() {
    const context = await desktop({ acceptDownloads: true });
    const page = await signIn(context, "kepala");
    await page.goto(`${address}/laporan`);
    const folder = mkdtempSync(join(tmpdir(), "tolok-e2e-"));
    for (const [name, magic] of [["PDF", "%PDF"], ["DOCX", "PK"], ["XLSX", "PK"]]) {
      const [download] = await Promise.all([
        // An unoptimised build takes its time to set seventy pages.
        page.waitForEvent("download", { timeout: 120_000 }),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      assert.match(download.suggestedFilename(), /^lkjip-2021-disnakertrans-serang\./);
      assert.equal(readFileSync(path).subarray(0, magic.length).toString(), magic);
    }
    await context.close();
  },

  async "two people who edit the same figure get a conflict that shows both values"() {
    const [one, two] = [await desktop(), await desktop()];
    const [a, b] = [await signIn(one, "perencana"), await signIn(two, "pengisi")];
    const query = "tahun=2021&periode=2021";
    await a.goto(`${address}/indikator/2.07.03.i1/ubah?${query}`);
    await saveValue(b, "2.07.03.i1", query, "38");
    await b.waitForURL(/\/indikator\/2\.07\.03\.i1\?/);
    await a.locator("#nilai").fill("39,5");
    // The answer is 409: the browser reports it on the console, which is expected here.
    a.removeAllListeners("console");
    await a.getByRole("button", { name: "Simpan" }).click();
    const message = await a.getByRole("alert").innerText();
    assert.match(message, /Tersimpan sekarang: 38/);
    assert.match(message, /Isian Anda: 39,5/);
    assert.equal(await a.locator("#nilai").inputValue(), "39,5", "nothing typed is lost");
    await a.getByRole("button", { name: "Pakai isian saya" }).click();
    await a.waitForURL(/\/indikator\/2\.07\.03\.i1\?/);
    assert.match(await a.locator(".ubin").innerText(), /39,5/);
    await Promise.all([one.close(), two.close()]);
  },

  async "bad input is refused with a message and kept in the field"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    page.removeAllListeners("console");
    const query = "tahun=2021&periode=2021";
    await saveValue(page, "2.07.04.i1", query, "71,366,000");
    assert.match(await page.getByRole("alert").innerText(), /71\.366\.000/);
    assert.equal(await page.locator("#nilai").inputValue(), "71,366,000");
    await page.goto(`${address}/indikator/iku.7/ubah?${query}`);
    await page.locator("#nilai").fill("");
    await page.locator("#keterangan").fill("");
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await page.getByRole("alert").innerText(), /alasan/);
    await context.close();
  },

  async "who may not change sees no way to, and is refused"() {
    const context = await desktop();
    const page = await signIn(context, "evaluator");
    await page.goto(`${address}/indikator/iku.5`);
    assert.equal(await page.getByRole("link", { name: /^Ubah/ }).count(), 0);
    const form = await page.request.get(`${address}/indikator/iku.5/ubah?tahun=2021&periode=2021`);
    assert.equal(form.status(), 403);
    const post = await page.request.post(`${address}/indikator/iku.5/ubah?tahun=2021&periode=2021`,
      { form: { nilai: "1", keterangan: "", dilihat: "" } });
    assert.equal(post.status(), 403);
    await context.close();
  },

  async "a form sent from another site is refused"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    const answer = await page.request.post(`${address}/indikator/iku.5/ubah?tahun=2021&periode=2021`, {
      form: { nilai: "1" }, headers: { origin: "https://contoh.test", "sec-fetch-site": "cross-site" },
    });
    assert.equal(answer.status(), 403);
    await context.close();
  },

  async "everything can be done by keyboard"() {
    const context = await desktop();
    const page = await context.newPage();
    // The browser moves the focus to the marked field a frame after the page has loaded: typing sooner loses letters.
    const focused = () => page.waitForFunction(() => document.activeElement?.matches("input[autofocus]"));
    await page.goto(`${address}/masuk`);
    await focused();
    await page.keyboard.type("perencana");
    await page.keyboard.press("Tab");
    await page.keyboard.type("tolok-demo-2021");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${address}/`);
    await page.keyboard.press("/");
    await page.keyboard.type("pmi yang dilindungi");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/cari/);
    const reach = async (name) => {
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press("Tab");
        const text = await page.evaluate(() => document.activeElement?.textContent?.trim());
        if (text && name.test(text)) return;
      }
      assert.fail(`not reached by Tab: ${name}`);
    };
    await reach(/PMI yang dilindungi/i);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/indikator\//);
    await reach(/^Ubah realisasi, 2021/i);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/ubah/);
    await focused();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("21,5");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/indikator\/[^/]+\?/);
    assert.match(await page.locator(".ubin").innerText(), /21,5/);
    await page.goto(`${address}/pengukuran`);
    await page.locator("[data-kisi] tbody a").first().focus();
    await page.keyboard.press("ArrowDown");
    const second = await page.locator("[data-kisi] tbody a").nth(1).textContent();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), second);
    await context.close();
  },

  async "a block from Excel is shown before it is written, saved whole, and undone"() {
    const context = await desktop({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await signIn(context, "perencana");
    await page.goto(`${address}/isi?tahun=2021&tw=4`);
    const cells = page.locator("input[name^='nilai:i/iku.2/']");
    const before = [await cells.nth(0).inputValue(), await cells.nth(1).inputValue()];
    // Text among numbers: named, and nothing is written.
    page.removeAllListeners("console");
    await paste(cells.nth(0), "1.060\tsatu\r\nenam puluhan\tdua\r\n");
    await page.locator("dialog.pratinjau").waitFor();
    assert.match(await page.locator("dialog.pratinjau").innerText(), /enam puluhan/);
    assert.ok(await page.getByRole("button", { name: "Tulis" }).isDisabled());
    await page.getByRole("button", { name: "Batal" }).click();
    assert.deepEqual([await cells.nth(0).inputValue(), await cells.nth(1).inputValue()], before);
    // A good block: value and remark, then undone with one click.
    await paste(cells.nth(0), "60\tSatu peserta sakit\n61\t\n");
    await page.getByRole("button", { name: "Tulis" }).click();
    await page.locator("[data-status]", { hasText: /angka ditempel/ }).waitFor();
    await page.goto(`${address}/isi?tahun=2021&tw=4`);
    assert.equal(await cells.nth(0).inputValue(), "60");
    assert.equal(await page.locator("input[name^='ket:i/iku.2/']").nth(0).inputValue(), "Satu peserta sakit");
    await cells.nth(1).fill("64");
    await page.keyboard.press("Enter");
    await page.locator("[data-status]", { hasText: "Semua tersimpan" }).waitFor();
    await page.getByRole("button", { name: "Urungkan" }).click();
    await page.locator("[data-status]", { hasText: "Diurungkan" }).waitFor();
    assert.equal(await cells.nth(1).inputValue(), "61");
    await context.close();
  },

  async "what is typed without a line, or after the session has ended, is not lost"() {
    const context = await desktop();
    const page = await signIn(context, "pengisi");
    page.removeAllListeners("console");
    await page.goto(`${address}/isi?tahun=2021&tw=4`);
    const cell = page.locator("input[name='nilai:i/2.07.03.2.01.01.i1//2021']");
    await context.setOffline(true);
    await cell.fill("17");
    await page.keyboard.press("Enter");
    await page.locator("[data-status]", { hasText: "Sambungan terputus" }).waitFor();
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.locator("[data-status]", { hasText: "Semua tersimpan" }).waitFor();
    const cookies = await context.cookies();
    await context.clearCookies();
    await cell.fill("18");
    await page.keyboard.press("Enter");
    await page.locator("[data-status]", { hasText: "Sesi berakhir" }).waitFor();
    await context.addCookies(cookies);
    await page.reload();
    await page.locator("[data-status]", { hasText: "Semua tersimpan" }).waitFor();
    await page.reload();
    assert.equal(await cell.inputValue(), "18");
    // Only its own unit's figures can be entered.
    assert.equal(await page.locator("input[name^='nilai:i/2.07.05.i1']").count(), 0);
    await context.close();
  },

  async "files dropped on a row become its evidence, also over a line that breaks"() {
    const context = await desktop();
    const page = await signIn(context, "pengisi");
    page.removeAllListeners("console");
    const place = "i/2.07.03.2.01.01.i1//2021";
    const row = page.locator(`tr[data-petak='${place}']`);
    await page.goto(`${address}/isi?tahun=2021&tw=4`);
    let pieces = 0;
    await page.route(/unggahan\/[0-9a-f-]+\?mulai=/, (route) => {
      pieces += 1;
      return pieces === 2 ? route.abort() : route.continue();
    });
    const files = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["%PDF-1.7\n", " ".repeat(2 * 1024 * 1024)], "foto-kegiatan.pdf"));
      data.items.add(new File(["18 peserta"], "undangan.txt"));
      return data;
    });
    await row.dispatchEvent("drop", { dataTransfer: files });
    await row.locator("[data-pesan]", { hasText: "sambungan terputus" }).waitFor();
    await row.locator("[data-pesan]", { hasText: "undangan.txt (2/2): tersimpan sebagai bukti" }).waitFor();
    await page.goto(`${address}/isi/bukti?tahun=2021&petak=${place}`);
    await page.getByRole("link", { name: "foto-kegiatan.pdf" }).waitFor();
    await page.getByRole("link", { name: "undangan.txt" }).click();
    await page.frameLocator("iframe[name=bukti]").getByText("18 peserta").waitFor();
    await context.close();
  },

  async "figures are handed in, sent back with a reason, mended, and verified beside their evidence"() {
    const [one, two] = [await desktop(), await desktop()];
    const [filler, verifier] = [await signIn(one, "pengisi"), await signIn(two, "verifikator")];
    verifier.removeAllListeners("console");
    await filler.goto(`${address}/isi/bukti?tahun=2021&petak=i/2.07.03.2.01.01.i1//2021`);
    await filler.getByLabel("Berkas").setInputFiles({ name: "daftar-hadir.txt", mimeType: "application/pdf", buffer: Buffer.from("18 peserta hadir") });
    await filler.getByLabel("Halaman").fill("1");
    await filler.getByRole("button", { name: "Tambahkan" }).click();
    await filler.getByRole("link", { name: "daftar-hadir.txt" }).waitFor();
    await filler.getByLabel("Berkas").setInputFiles({ name: "daftar.pdf", mimeType: "application/pdf", buffer: Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0]) });
    filler.removeAllListeners("console");
    await filler.getByRole("button", { name: "Tambahkan" }).click();
    await filler.locator("[data-kemajuan]", { hasText: "daftar.pdf: jenis isi berkas ini tidak diterima sebagai bukti" }).waitFor();
    await filler.goto(`${address}/isi?tahun=2021&tw=4`);
    await filler.getByRole("button", { name: /^Ajukan \d+ angka/ }).click();
    await filler.getByRole("status").filter({ hasText: "diajukan untuk diverifikasi" }).waitFor();
    await verifier.goto(`${address}/verifikasi?tahun=2021&tw=4`);
    const line = verifier.locator("tr", { has: verifier.locator("input[name='lihat:i/2.07.03.2.01.01.i1//2021']") });
    await line.getByRole("link", { name: /daftar-hadir/ }).click();
    await verifier.frameLocator("iframe[name=bukti]").getByText("18 peserta hadir").waitFor();
    await line.locator("select").selectOption("kembalikan");
    await verifier.getByRole("button", { name: "Simpan keputusan" }).click();
    assert.match(await verifier.getByRole("alert").innerText(), /tulis alasan/);
    await line.locator("input[name^='alasan:']").fill("Daftar hadir belum ditandatangani");
    await verifier.getByRole("button", { name: "Simpan keputusan" }).click();
    await verifier.getByRole("status").filter({ hasText: "1 angka diputuskan" }).waitFor();
    await filler.goto(`${address}/tugas`);
    assert.match(await filler.locator("main").innerText(), /Daftar hadir belum ditandatangani/);
    await filler.goto(`${address}/isi?tahun=2021&tw=4`);
    const cell = filler.locator("input[name='nilai:i/2.07.03.2.01.01.i1//2021']");
    await cell.fill("19");
    await filler.keyboard.press("Enter");
    await filler.locator("[data-status]", { hasText: "Semua tersimpan" }).waitFor();
    await filler.goto(`${address}/isi?tahun=2021&tw=4`);
    await filler.getByRole("button", { name: /^Ajukan 1 angka/ }).click();
    await filler.getByRole("status").filter({ hasText: "1 angka diajukan" }).waitFor();
    await verifier.goto(`${address}/verifikasi?tahun=2021&tw=4`);
    await line.locator("select").selectOption("verifikasi");
    await verifier.getByRole("button", { name: "Simpan keputusan" }).click();
    await verifier.getByRole("status").filter({ hasText: "1 angka diputuskan" }).waitFor();
    assert.equal(await line.count(), 0, "decided figures leave the list");
    await Promise.all([one.close(), two.close()]);
  },

  async "figures are checked by keyboard alone, and who entered them is told"() {
    const [one, two] = [await desktop(), await desktop()];
    const [filler, verifier] = [await signIn(one, "pengisi"), await signIn(two, "verifikator")];
    await verifier.goto(`${address}/verifikasi?tahun=2021&tw=4`);
    const rows = verifier.locator("tr[data-baris]");
    const many = await rows.count();
    assert.ok(many >= 3, `${many} figures wait`);
    const focused = () => rows.evaluateAll((all) => all.indexOf(document.activeElement));
    const says = (text) => verifier.locator("[data-status]", { hasText: text }).waitFor();
    // The letters do nothing before a row is chosen.
    await verifier.keyboard.press("s");
    assert.equal(await rows.first().locator("select").inputValue(), "");
    await verifier.getByRole("button", { name: "Periksa dengan papan ketik" }).focus();
    await verifier.keyboard.press("Enter");
    assert.equal(await focused(), 0);
    await verifier.keyboard.press("s");
    assert.equal(await focused(), 1);
    await verifier.keyboard.press("ArrowUp");
    assert.equal(await focused(), 0);
    await verifier.keyboard.press("j");
    assert.equal(await focused(), 1);
    await verifier.keyboard.press("k");
    await verifier.keyboard.press("Enter");
    await says("Tulis alasan");
    await verifier.keyboard.type("sks: bukti halaman 3 belum ada");
    await verifier.keyboard.press("Enter");
    assert.equal(await focused(), 2);
    await says(`2 dari ${many} diputuskan`);
    await verifier.getByRole("button", { name: "Semua sesuai" }).focus();
    await verifier.keyboard.press("Enter");
    await says(`${many - 2} angka ditandai sesuai`);
    await verifier.keyboard.press("Enter");
    await verifier.getByRole("status").filter({ hasText: `${many} angka diputuskan` }).waitFor();
    assert.equal(await rows.count(), 0);
    await filler.goto(`${address}/tugas`);
    await filler.locator(".nav .hitung").waitFor();
    await filler.locator("main").getByRole("link", { name: "Kabar" }).click();
    assert.match(await filler.locator("main").innerText(), /1 angka dikembalikan.*sks: bukti halaman 3 belum ada/s);
    await filler.getByRole("button", { name: "Tandai semua sudah dibaca" }).click();
    await filler.locator(".nav .hitung").waitFor({ state: "detached" });
    await Promise.all([one.close(), two.close()]);
  },

  async "the action plan divides the year, checks it, holds steps and money, and downloads"() {
    const context = await desktop({ acceptDownloads: true, javaScriptEnabled: false });
    const page = await signIn(context, "perencana");
    const kode = "2.07.05.2.01.01.i1";
    const cell = (quarter) => page.locator(`[name="sel:${kode}|2021-TW${quarter}"]`);
    const row = page.locator("tbody tr", { has: cell(1) });
    await page.goto(`${address}/rencana-aksi`);
    assert.match(await row.innerText(), /belum dibagi/);
    await page.getByRole("link", { name: "Usulkan yang kosong" }).click();
    assert.match(await page.getByRole("status").innerText(), /usulan yang belum disimpan/);
    // 90 people in four quarters: the rest comes last.
    assert.deepEqual(await Promise.all([1, 2, 3, 4].map((n) => cell(n).inputValue())), ["22", "22", "22", "24"]);
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await page.getByRole("status").innerText(), /tersimpan/);
    assert.match(await row.innerText(), /sama/);
    await cell(4).fill("20");
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await row.innerText(), /4 kurang dari target tahun 90/);
    await row.getByRole("link", { name: /belum ada/ }).click();
    for (const [what, when, money] of [["Menyusun bahan bimtek", "2021-B02", "15.000.000"], ["Melaksanakan bimtek", "2021-TW2", "95.590.000"]]) {
      await page.getByLabel("Apa yang dikerjakan").fill(what);
      await page.getByLabel("Periode").selectOption(when);
      await page.getByLabel(/^Keluaran/).fill("1 kegiatan");
      await page.getByLabel(/^Anggaran/).fill(money);
      await page.getByRole("button", { name: "Simpan" }).click();
    }
    assert.match(await page.locator("main").innerText(), /anggaran langkah sama dengan pagu Rp110\.590\.000/);
    await page.getByRole("button", { name: "Naikkan: Melaksanakan bimtek" }).click();
    assert.match(await page.locator("tbody tr").first().innerText(), /Melaksanakan bimtek/);
    await page.goto(`${address}/rencana-aksi/kas`);
    await page.getByRole("link", { name: "Usulkan bagi rata" }).click();
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await page.locator("tfoot").innerText(), /7\.851\.608\.419.*sama/s);
    const folder = mkdtempSync(join(tmpdir(), "tolok-e2e-"));
    for (const [name, magic] of [["PDF", "%PDF"], ["DOCX", "PK"], ["XLSX", "PK"]]) {
      const [download] = await Promise.all([
        page.waitForEvent("download", { timeout: 120_000 }),
        page.getByRole("link", { name, exact: true }).click(),
      ]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      assert.match(download.suggestedFilename(), /^rencana-aksi-2021-disnakertrans-serang\./);
      assert.equal(readFileSync(path).subarray(0, magic.length).toString(), magic);
    }
    await context.close();
  },

  async "a block from Excel fills quarters of the action plan"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    const cell = (quarter) => page.locator(`[name="sel:2.07.05.2.02.01.i1|2021-TW${quarter}"]`);
    await page.goto(`${address}/rencana-aksi`);
    const before = await cell(1).inputValue();
    await paste(cell(1), "10\t10\t10\t20\n");
    assert.match(await page.locator("[data-hitung]").innerText(), /[34] sel akan berubah/);
    assert.match(await page.locator(".perubahan li").last().innerText(), /TW IV: .* → 20/);
    await cell(1).press("ArrowRight");
    assert.equal(await cell(2).evaluate((input) => document.activeElement === input), true);
    await page.getByRole("button", { name: "Urungkan" }).click();
    assert.equal(await cell(1).inputValue(), before);
    await paste(cell(1), "10\t10\t10\t20\n");
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await page.getByRole("status").first().innerText(), /tersimpan/);
    assert.match(await page.locator("tbody tr", { has: cell(1) }).innerText(), /sama/);
    await context.close();
  },

  async "a contributor keeps the steps of his unit and sees the rest"() {
    const context = await desktop();
    const page = await signIn(context, "pengisi");
    await page.goto(`${address}/rencana-aksi`);
    assert.equal(await page.locator("[name^='sel:']").count(), 0, "targets are the planner's");
    // iku.2 is the training division's, iku.4 another's.
    await page.goto(`${address}/rencana-aksi/iku.4`);
    assert.equal(await page.getByLabel("Apa yang dikerjakan").count(), 0);
    await page.goto(`${address}/rencana-aksi/iku.2`);
    await page.getByLabel("Apa yang dikerjakan").fill("Memantau peserta setelah pelatihan");
    await page.getByRole("button", { name: "Simpan" }).click();
    assert.match(await page.locator("tbody").innerText(), /Memantau peserta.*belum ada keluaran, anggaran/s);
    await page.getByRole("link", { name: /^Ubah Memantau/ }).click();
    await page.getByRole("button", { name: "Hapus langkah" }).click();
    assert.match(await page.locator("main").innerText(), /Belum ada langkah/);
    await context.close();
  },

  async "pages work without script"() {
    for (const [name, paths] of VISITS) {
      const context = await desktop({ javaScriptEnabled: false });
      const page = await signIn(context, name);
      for (const path of paths) {
        const answer = await page.goto(address + path);
        assert.equal(answer.status(), 200, path);
        assert.ok((await page.locator("h1").count()) === 1, `${path}: one h1`);
      }
      await context.close();
    }
  },

  async "the interface speaks English when asked"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    await page.locator("details.akun:not(.per) summary").click();
    await page.getByRole("button", { name: "English" }).click();
    await page.waitForURL(`${address}/`);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.match(await page.locator("nav.nav").innerText(), /Measurement/);
    await context.close();
  },

  async "axe finds nothing, in both languages"() {
    for (const language of ["id", "en"]) {
      for (const [name, paths] of VISITS) {
        const context = await desktop();
        await context.addCookies([{ name: "bahasa", value: language, url: address }]);
        const plain = await context.newPage();
        await plain.goto(`${address}/masuk`);
        await check(plain, "/masuk");
        await plain.locator("#nama").fill(name);
        await plain.locator("#sandi").fill("tolok-demo-2021");
        await plain.keyboard.press("Enter");
        await plain.waitForURL(`${address}/`);
        for (const path of [...paths, ...(name === "perencana" ? ["/laporan/lihat"] : [])]) {
          await plain.goto(address + path);
          await check(plain, path);
        }
        await context.close();
      }
    }
    async function check(page, path) {
      const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
      const found = result.violations.map((v) => `${path}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
      assert.deepEqual(found, []);
    }
  },

  async "a phone of 360 pixels shows every page without sideways scrolling"() {
    for (const [name, paths] of VISITS) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
      const page = await signIn(context, name);
      for (const path of paths) {
        await page.goto(address + path);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `${path} is ${width} wide`);
      }
      await context.close();
    }
  },

  async "the outline of the pohon kinerja is edited by keyboard and saved in one go"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    await page.goto(`${address}/rencana/pohon/susun`);
    const line = (kode) => page.locator(`[id="b-${kode}"]`);
    const words = (kode) => line(kode).locator("[name=uraian]");
    const depth = (kode) => line(kode).getAttribute("data-dalam");
    const focused = () => page.evaluate(() => document.activeElement.value);
    await words("2.07.04").focus();
    // In under the sibling above, with everything below it; out again to where it was.
    await page.keyboard.press("Tab");
    assert.deepEqual([await depth("2.07.04"), await depth("2.07.04.2.01")], ["2", "3"]);
    await page.keyboard.press("Shift+Tab");
    assert.deepEqual([await depth("2.07.04"), await depth("2.07.04.2.01")], ["1", "2"]);
    await page.keyboard.press("Alt+ArrowUp");
    const order = () => page.locator(".kerangka > li[data-dalam='1'] [name=kode]").evaluateAll((fields) => fields.map((f) => f.value));
    assert.deepEqual((await order()).slice(0, 2), ["2.07.04", "2.07.03"]);
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "");
    await page.keyboard.type("Data pencari kerja mutakhir");
    await page.keyboard.press("ArrowUp");
    assert.notEqual(await focused(), "Data pencari kerja mutakhir");
    // Escape gives Tab back to the browser: it is no trap.
    await words("S1").focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate(() => document.activeElement.name), "uraian");
    assert.equal(await depth("S1"), "0");
    await words("S1").focus();
    const save = () => Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
    await save();
    assert.match(await page.locator("main").innerText(), /Tersimpan\./);
    assert.deepEqual((await order()).slice(0, 3), ["2.07.04", "K1", "2.07.03"]);
    assert.equal(await words("K1").inputValue(), "Data pencari kerja mutakhir");
    // The branch is taken out again, and the programmes are as they were.
    await line("K1").getByRole("checkbox").check();
    for (let i = 0; i < 2; i += 1) await line("2.07.04").getByRole("button", { name: "Turun" }).click();
    await save();
    assert.deepEqual((await order()).slice(0, 2), ["2.07.03", "2.07.04"]);
    assert.equal(await line("K1").count(), 0);
    await context.close();
  },

  ...perjanjian({ address, browser, desktop, signIn, pictures }),
  ...reviu({ address, desktop, signIn, pictures }),
  ...evaluasi({ tolok, browser, pictures }),

  // Opens 2022, which pages without a year show from then on: after all that means 2021.
  async "a plan is made: node, indicator, targets pasted from a spreadsheet, rename, revision, new year"() {
    const context = await desktop();
    const page = await signIn(context, "perencana");
    const main = page.locator("main");
    const cell = (name) => page.locator(`input[name="${name}"]`);
    const save = () => page.getByRole("button", { name: "Simpan", exact: true }).click();
    await page.goto(`${address}/rencana/simpul/S1`);
    await page.getByRole("link", { name: "Tambah", exact: true }).click();
    await page.getByLabel("Kode", { exact: true }).fill("2.07.06");
    await page.getByLabel("Uraian").fill("Program Pengawasan Ketenagakerjaan");
    await save();
    await page.waitForURL(/\/rencana\/simpul\/S1\?/);
    await page.getByRole("link", { name: "Program Pengawasan Ketenagakerjaan" }).click();
    await page.getByRole("link", { name: "Tambah indikator" }).click();
    await page.getByLabel("Nama indikator").fill("Persentase perusahaan yang diawasi");
    await page.getByLabel("Satuan", { exact: true }).fill("%");
    await page.locator("#rumus").fill("diawasi / perusahaan * 100 %");
    await page.getByRole("button", { name: "Periksa rumus" }).click();
    assert.match(await page.locator("#hitungan").innerText(), /Variabel: diawasi, perusahaan/);
    assert.equal(await page.getByLabel("Nama indikator").inputValue(), "Persentase perusahaan yang diawasi");
    await save();
    await page.waitForURL(/\/rencana\/simpul\/2\.07\.06\?/);

    // Two rows of three years at once, of which one cell lies outside, taken back once and pasted again.
    await page.goto(`${address}/rencana/target?tahun=2021&dokumen=renstra-p`);
    const first = cell("2021:2.07.06.i1");
    await paste(first, "70\t75\t80\t85\n");
    assert.match(await page.locator("[data-hitung]").innerText(), /3 sel akan berubah; 1 sel tempelan berada di luar tabel/);
    assert.match(await page.locator(".perubahan li").first().innerText(), /Persentase perusahaan yang diawasi, 2021: kosong → 70/);
    await page.getByRole("button", { name: "Urungkan" }).click();
    assert.equal(await first.inputValue(), "");
    await paste(first, "70\t75\t80\n");
    assert.equal(await cell("2023:2.07.06.i1").inputValue(), "80");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.name), "2022:2.07.06.i1");
    await page.keyboard.type("76");
    await page.keyboard.press("Enter");
    assert.notEqual(await page.evaluate(() => document.activeElement.name), "2022:2.07.06.i1");
    await save();
    await page.getByText("Tersimpan.").waitFor();
    assert.equal(await cell("2022:2.07.06.i1").inputValue(), "76");
    // A word among the numbers: nothing is written, everything typed is still there.
    page.removeAllListeners("console");
    await cell("2023:iku.1").fill("sekitar 8");
    await cell("2022:iku.1").fill("9");
    await save();
    assert.match(await page.getByRole("alert").innerText(), /iku\.1 Tingkat Pengangguran Terbuka, 2023: "sekitar 8"/);
    assert.equal(await cell("2022:iku.1").inputValue(), "9");

    // Money: the sum follows while one types.
    await page.goto(`${address}/rencana/pagu?tahun=2021&dokumen=dpa-p`);
    await cell("2021:2.07.03").fill("832.031.501");
    assert.equal(await page.locator("tr[data-kode='2.07.03'] [data-selisih]").innerText(), "1");
    await cell("2021:2.07.03.2.01.01").fill("586.995.501");
    assert.equal(await page.locator("tr[data-kode='2.07.03'] [data-selisih]").innerText(), "");
    await save();
    await page.getByText("Tersimpan.").waitFor();

    // Another name, which documents that have the old one keep.
    await page.goto(`${address}/rencana/indikator/iku.3?tahun=2021`);
    await page.getByLabel("Nama indikator").fill("Tingkat Kesempatan Kerja");
    await save();
    await page.waitForURL(/\/indikator\/iku\.3\?/);
    assert.equal(await page.locator("h1").innerText(), "Tingkat Kesempatan Kerja");
    await page.goto(`${address}/rencana/target?tahun=2021&dokumen=renstra`);
    assert.match(await main.innerText(), /Persentase Kesempatan Kerja/);

    // A revision begins as a copy; what is changed in it is the difference.
    await page.goto(`${address}/dokumen/renstra-p?tahun=2021`);
    await page.locator("#r-tanggal").fill("2021-08-02");
    await page.locator("#r-alasan").fill("Penyesuaian RPJMD");
    await page.getByRole("button", { name: "Buat versi baru" }).click();
    await page.waitForURL(/\/dokumen\/renstra-p2\?/);
    assert.match(await main.innerText(), /Tidak ada perbedaan/);
    await page.goto(`${address}/rencana/target?tahun=2021&dokumen=renstra-p2`);
    await cell("2023:iku.1").fill("8,5");
    await save();
    await page.getByText("Tersimpan.").waitFor();
    await page.goto(`${address}/dokumen/renstra-p2?tahun=2021`);
    assert.match(await main.innerText(), /iku\.1 Tingkat Pengangguran Terbuka\s+2023\s+8,96\s+8,5\s+-0,46/);

    await page.goto(`${address}/tahun/buka`);
    await page.getByRole("button", { name: "Buka tahun" }).click();
    await page.waitForURL(/\/rencana\?tahun=2022/);
    assert.match(await main.innerText(), /Program Pengawasan Ketenagakerjaan/);
    await page.goto(`${address}/rencana/target?tahun=2022&dokumen=pk-2022`);
    assert.match(await main.innerText(), /Perjanjian Kinerja 2022/);
    await page.goto(`${address}/indikator/iku.1?tahun=2022`);
    assert.match(await page.locator(".ubin").innerText(), /9,06/, "the target that the Renstra sets for 2022");
    await context.close();
  },
  async "the ledger is intact after all this, and names a row changed by hand"() {
    const good = execFileSync(tolok, ["audit", "verify", "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
    assert.equal(good.toString(), "");
    execFileSync("python3", ["-c", `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE angka SET nilai = '61' WHERE subjek = '2.07.03.i1' AND jenis = 'realisasi' AND periode = '2021'")
db.commit()
`, join(data, "tolok.db")]);
    let broken;
    try {
      execFileSync(tolok, ["audit", "verify", "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
      broken = error;
    }
    assert.equal(broken?.status, 1);
    assert.match(broken.stdout.toString(), /realisasi 2\.07\.03\.i1 2021/);
  },
};

if (pictures) {
  const context = await desktop();
  const page = await signIn(context, "perencana");
  for (const [i, path] of PAGES.entries()) {
    await page.goto(address + path);
    await page.screenshot({ path: join(pictures, `${String(i).padStart(2, "0")}.png`), fullPage: true });
  }
  await context.close();
}

let [passed, failed] = [0, 0];
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.message).split("\n").join("\n     ")}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
