// Evaluasi AKIP in the browser: a new evaluator finishes an office's worksheet by keyboard alone, looks at the records behind what the data
// say, a second reader confirms, the LHE is fetched, and a recommendation is given, answered and judged. On a server of its own, with
// the example data before their evaluation.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { PASSWORD, freePort, invite, startTolok, typePassword } from "./peladen.mjs";

const SHEET = "/evaluasi/lke-2021?tahun=2021";
/** The grade of each component's three subkomponen: 30 × 0,7 + 30 × 0,6 + 15 × 0,8 + 25 × 0,5 = 63,50. */
const GRADES = ["B", "CC", "BB", "C"];

/** Suggestions that are looked into: question, what it says, the link that is followed, and what stands on its page. */
const LOOK = {
  "1/q-1-3": [/1 dari 1 dokumen jangka menengah/, /^renstra-p$/, /Rencana Strategis Perubahan 2019-2023/],
  "1/q-2-10": [/0 dari 20 unit mempunyai Perjanjian Kinerja; belum: KD/, /^KD$/, /Kepala Dinas Tenaga Kerja dan Transmigrasi.*Belum dibuat/],
  "1/q-3-5": [/1 dari 4 rekomendasi .* belum: R1, R2 dan R4/, /^R1$/, /Rekomendasi R1\s+Belum ditindaklanjuti/],
  "2/q-2-7": [/77 dari 80 indikator .* belum: iku\.1, iku\.3 dan iku\.7/, /^iku\.1$/, /Tingkat Pengangguran Terbuka.*Capaian\s+–/s],
  "3/q-1-5": [/Laporan Kinerja belum terbit/, /^Laporan Kinerja$/, /Belum ada yang terbit untuk tahun ini/],
};

/** The data as they were before anybody evaluated 2021. */
function unevaluated(folder) {
  for (const name of ["evaluasi.csv", "jawaban_lke.csv"]) {
    const lines = readFileSync(join(folder, name), "utf8").split("\n");
    writeFileSync(join(folder, name), lines.filter((line) => !line.startsWith("lke-2021;")).join("\n"));
  }
}

/** Somebody who has a keyboard and nothing else. */
function keyboard(page) {
  const press = (key) => page.keyboard.press(key);
  const type = (text) => page.keyboard.type(text);
  /** What has the focus: its id, and its name as it is read out. */
  const here = () => page.evaluate(() => {
    const at = document.activeElement;
    const name = at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? "";
    return { id: at?.id ?? "", name: name.replace(/\s+/g, " ").trim(), value: at?.value ?? "", question: at?.closest?.("fieldset")?.id ?? "" };
  });
  /** Goes on by Tab (back by Shift+Tab) to what is named so. */
  async function reach(name, key = "Tab") {
    for (let i = 0; i < 400; i += 1) {
      await press(key);
      if (name.test((await here()).name)) return;
    }
    assert.fail(`not reached by ${key}: ${name}`);
  }
  const isAnswer = () => page.evaluate(() => document.activeElement?.type === "radio");
  /** Waits until the page has brought the focus to an answer. */
  const answering = () => page.waitForFunction(() => document.activeElement?.type === "radio");
  /** Follows what has the focus to another page, or to another place of this one. */
  const follow = (address) => Promise.all([page.waitForURL(address), press("Enter")]);
  /** Sends the form in which the focus is; the page that comes says that it is kept. */
  async function send() {
    await Promise.all([page.waitForEvent("load"), press("Enter")]);
    await page.getByRole("status").filter({ hasText: "Tersimpan." }).waitFor();
  }
  /** Chooses the option of a list that begins so. */
  async function choose(text) {
    const chosen = () => page.evaluate(() => document.activeElement.selectedOptions[0].textContent);
    for (let i = 0; i < 60 && !(await chosen()).startsWith(text); i += 1) await press("ArrowDown");
    assert.ok((await chosen()).startsWith(text), `no option ${text}`);
  }
  /** Fills in a day, whose parts stand in the order of the browser's own language. */
  async function day(year, month, date) {
    for (const digits of [`${month}${date}${year}`, `${date}${month}${year}`]) {
      for (let i = 0; i < 2; i += 1) await press("ArrowLeft");
      await type(digits);
      if ((await here()).value === `${year}-${month}-${date}`) return;
    }
    assert.fail(`the day cannot be typed: ${(await here()).value}`);
  }
  /** Opens what is named so beside a question, tells what to do there, closes it and comes back to the answer. */
  async function beside(name, there) {
    await reach(name, "Shift+Tab");
    const [record] = await Promise.all([page.context().waitForEvent("page"), press("Enter")]);
    await record.waitForLoadState();
    await there(record);
    await record.close();
    await page.bringToFront();
    do await press("Tab"); while (!(await isAnswer()));
  }
  return { press, type, here, reach, answering, follow, send, choose, day, beside };
}

export function evaluasi({ tolok, browser, pictures }) {
  let server;
  const people = {};
  async function enter(name) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    const page = await context.newPage();
    page.on("console", (m) => assert.notEqual(m.type(), "error", `console: ${m.text()}`));
    page.on("pageerror", (e) => assert.fail(`script: ${e}`));
    await page.goto(`${server.address}/masuk`);
    await page.waitForFunction(() => document.activeElement?.matches("input[autofocus]"));
    const keys = keyboard(page);
    await keys.type(name);
    await keys.press("Tab");
    await keys.type(PASSWORD);
    await keys.press("Enter");
    await page.waitForURL(`${server.address}/`);
    people[name] = { page, keys };
    return people[name];
  }
  const picture = async (page, name) => {
    if (pictures) await page.screenshot({ path: join(pictures, `evaluasi-${name}.png`), fullPage: true });
  };

  async function check(page, paths) {
    for (const path of paths) {
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(server.address + path);
        const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
        assert.deepEqual(result.violations.map((v) => `${path}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${path} is ${wide} wide`);
        await picture(page, `${width}-${page.url().split("/").slice(3).join("-").replace(/[?&=#]/g, "_")}`);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  /** Writes a recommendation about the criterion from whose question its form was opened. */
  async function recommend(form) {
    const { press, type, reach, choose, day, send } = keyboard(form);
    // The form begins where one writes.
    await form.waitForFunction(() => document.activeElement?.id === "n-kondisi");
    await type("iku.6 belum jelas cara ukurnya");
    await press("Tab");
    await type("Lengkapi cara ukur iku.6");
    await press("Tab");
    await choose("Sub Bagian Perencanaan");
    await press("Tab");
    await day("2022", "08", "31");
    await reach(/^Prioritas$/);
    await choose("Tinggi");
    await reach(/^Simpan$/);
    await send();
    assert.match(await form.locator("main").innerText(), /R14 Lengkapi cara ukur iku\.6\s*Pengukuran Kinerja/);
    await picture(form, "rekomendasi");
  }

  return {
    async "a new evaluator finishes one office's worksheet by keyboard"() {
      server = await startTolok(tolok, await freePort(), {}, unevaluated);
      const admin = await (await browser.newContext()).newPage();
      await typePassword(admin, server.address, "admin");
      await admin.waitForURL(`${server.address}/`);
      for (const [name, role, shown] of [["auditor", "evaluator", "Auditor Muda"], ["peninjau", "evaluator", "Auditor Madya"],
        ["perencana", "perencana", "Sub Bagian Perencanaan"]]) await invite(admin, server.address, name, role, shown);
      await admin.context().close();

      const { page, keys } = await enter("auditor");
      const { press, type, here, reach, answering, follow, send, beside } = keys;
      await reach(/^Evaluasi$/);
      await follow(/\/evaluasi/);
      await reach(/^Templat$/);
      assert.equal((await here()).value, "88-2021");
      await press("Tab");
      await type("Inspektorat Kota Serang");
      await press("Tab");
      await type("Inspektorat Kota Serang, penjamin mutu");
      await press("Enter");
      await page.getByRole("link", { name: "2021", exact: true }).waitFor();
      await reach(/^2021$/);
      await follow(/\/evaluasi\/lke-2021/);

      await reach(/^Ke yang pertama belum dijawab: 1\.a\.1$/);
      await press("Enter");
      await answering();
      const records = new Set();
      let [criteria, linked, opened] = [0, 0, 0];
      for (const [k, grade] of GRADES.entries()) {
        const hints = await page.locator(".lke-usul:has(.lencana)").evaluateAll((all) => all.map((hint) => [...hint.querySelectorAll("a")].map((a) => a.href)));
        linked += hints.filter((links) => links.length).length;
        hints.flat().forEach((link) => records.add(link.split("#")[0]));
        await picture(page, `lembar-${k + 1}`);
        const asked = await page.locator("form[data-lke] fieldset").evaluateAll((all) => all.map((q) => q.id));
        for (const [at, question] of asked.entries()) {
          const [part, n] = question.slice(2).split("-");
          assert.equal((await here()).question, question, "the arrow leads from question to question");
          if (n === "0") {
            for (let i = 0; i < grade.length; i += 1) await press(grade[0].toLowerCase());
            assert.equal((await here()).value, grade);
            // What was answered is saved by Enter, and the page leads on to the next part.
            await send();
            assert.match(page.url(), new RegExp(`#b-${part}$`));
            await reach(at + 1 < asked.length || k + 1 < GRADES.length ? /^Lanjut ke / : /^Lihat nilainya$/);
            const load = at + 1 < asked.length ? Promise.resolve() : page.waitForURL(k + 1 < GRADES.length ? new RegExp(`komponen=${k + 2}`) : /#j-skor$/);
            await Promise.all([load, press("Enter")]);
            if (at + 1 < asked.length || k + 1 < GRADES.length) await answering();
          } else {
            const met = await page.locator(`#${question} .lencana.ver`).count();
            await press(met ? "y" : "t");
            assert.equal((await here()).value, met ? "ya" : "tidak");
            criteria += 1;
            if (question === "q-1-2" && k === 0) {
              await press("Tab");
              assert.match((await here()).name, /^Alasan$/);
              await type("Tidak ada rencana jangka panjang di antara dokumen");
              await press("Tab");
              await type("Landasan hukum, LKjIP 2021");
              await press("Shift+Tab");
              await press("Shift+Tab");
            }
            const look = LOOK[`${k + 1}/${question}`];
            if (look) {
              const [said, link, says] = look;
              assert.match(await page.locator(`#${question} .lke-usul`).innerText(), said);
              await beside(link, async (record) => assert.match(await record.locator("main").innerText(), says));
              opened += 1;
            }
            if (k === 1 && question === "q-1-2") await beside(/^Tambah rekomendasi/, recommend);
            await press("ArrowDown");
          }
        }
      }
      assert.equal(criteria, 80);
      assert.ok(linked >= 50, `${linked} criteria with a suggestion that leads to its records`);
      assert.equal(opened, Object.keys(LOOK).length);
      for (const link of records) assert.equal((await page.request.get(link)).status(), 200, link);
      assert.equal(await page.locator("#j-skor").innerText(), "Nilai 63,50, predikat B");
      await picture(page, "nilai");
      await check(page, [1, 2, 3, 4].map((k) => `${SHEET}&komponen=${k}`));
    },

    async "a second reader confirms the worksheet, and the LHE is fetched"() {
      const { page, keys } = await enter("peninjau");
      const { press, type, here, reach, answering, follow, send, day } = keys;
      await page.goto(server.address + SHEET);
      await reach(/^Sebagai penjamin mutu$/);
      await follow(/sebagai=penjamin_mutu/);
      for (let k = 1; k <= 4; k += 1) {
        for (let part = 1; part <= 3; part += 1) {
          await reach(/^Samakan yang kosong dengan evaluator$/);
          await press("Enter");
          assert.match(await page.locator(`#b-${part} [data-status]`).innerText(), /^\d+ jawaban disamakan; belum disimpan\.$/);
          if (k === 4 && part === 3) {
            // The grade of 4.c, which weighs 12,5, goes from C to CC: 63,50 + 12,5 × 0,1 = 64,75.
            await reach(/^C /, "Shift+Tab");
            await press("c");
            assert.equal((await here()).value, "CC");
          } else {
            await reach(/^Simpan \d\.[abc]$/, "Shift+Tab");
          }
          await send();
          if (part === 1) await picture(page, `penjamin-${k}`);
          if (k === 4 && part === 3) break;
          await reach(/^Lanjut ke /);
          await (part < 3 ? press("Enter") : follow(new RegExp(`komponen=${k + 1}`)));
          await answering();
        }
      }
      assert.equal(await page.locator("#j-skor").innerText(), "Nilai 64,75, predikat B");
      await check(page, [`${SHEET}&komponen=2&sebagai=penjamin_mutu`]);
      await page.goto(`${server.address}${SHEET}&sebagai=penjamin_mutu`);
      const folder = mkdtempSync(join(tmpdir(), "tolok-lke-"));
      for (const [name, magic] of [["PDF", "%PDF"], ["DOCX", "PK"], ["PDF", "%PDF"], ["DOCX", "PK"]]) {
        await reach(new RegExp(`${name}$`));
        const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), press("Enter")]);
        const path = join(pictures ?? folder, download.suggestedFilename());
        await download.saveAs(path);
        const bytes = readFileSync(path);
        assert.ok(bytes.length > 1000, `${path} has ${bytes.length} bytes`);
        assert.equal(bytes.subarray(0, magic.length).toString(), magic);
      }
      await reach(/^Nomor LHE$/);
      await type("700/12/2022");
      await press("Tab");
      await day("2022", "04", "29");
      await Promise.all([page.waitForEvent("load"), press("Enter")]);
      assert.match(await page.locator("main .sub").innerText(), /Terbit · .* · LHE 700\/12\/2022, 29 April 2022/);
      assert.match(await page.locator("main").innerText(), /Lembar ini hanya dibaca/);
    },

    async "a recommendation is answered with a step and judged"() {
      const planner = await enter("perencana");
      await planner.keys.reach(/^Evaluasi$/);
      await planner.keys.follow(/\/evaluasi/);
      await planner.keys.reach(/^Rekomendasi$/);
      await planner.keys.follow(/\/rekomendasi/);
      await planner.keys.reach(/^R14$/);
      await planner.keys.follow(/\/rekomendasi\/R14/);
      const main = planner.page.locator("main");
      assert.match(await main.innerText(), /2\.a\.2 Terdapat Definisi Operasional/);
      await planner.keys.reach(/^Tambah langkah$/);
      await planner.keys.press("Enter");
      await planner.keys.press("Tab");
      await planner.keys.type("Menyusun cara ukur iku.6 bersama bidang");
      await planner.keys.press("Tab");
      await planner.keys.choose("Sub Bagian Perencanaan");
      await planner.keys.reach(/^Selesai tanggal$/);
      await planner.keys.day("2022", "08", "15");
      await planner.keys.reach(/^Bukti$/);
      await planner.keys.type("Keputusan Kepala Dinas tentang IKU, lampiran");
      await planner.keys.send();
      assert.match(await main.innerText(), /Menyusun cara ukur iku\.6 bersama bidang.*selesai 15 Agustus 2022.*Keputusan Kepala Dinas/s);

      const { page, keys } = people.auditor;
      await page.goto(`${server.address}/rekomendasi/R14?tahun=2021`);
      assert.match(await page.locator("main").innerText(), /Menyusun cara ukur/);
      await keys.reach(/^Keadaan$/);
      await keys.choose("Selesai");
      await keys.press("Tab");
      await keys.type("Cara ukur sudah ditetapkan");
      await keys.reach(/^Putuskan untuk 2021$/);
      await keys.send();
      assert.match(await page.locator("main").innerText(), /2021 Evaluator: Selesai\s+Cara ukur sudah ditetapkan/);
      await picture(page, "putusan");
    },

    async "pages of the evaluation pass axe and fit a phone, for each who uses them"() {
      try {
        for (const { page } of Object.values(people)) {
          await check(page, ["/evaluasi", "/evaluasi?templat=88-2021", SHEET, "/rekomendasi", "/rekomendasi?kriteria=1.a.1", "/rekomendasi/R14"]);
          await page.context().close();
        }
      } finally {
        server.stop();
      }
    },
  };
}
