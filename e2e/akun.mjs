// Browser tests of accounts: invitation by mail, forgotten password, second factor, sessions; on a wide and a narrow screen.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { PASSWORD, freePort, mailServer, openBrowser, run, startTolok, typePassword } from "./peladen.mjs";

const [tolok] = process.argv.slice(2);
const pictures = process.env.TOLOK_GAMBAR;
const mail = await mailServer();
const port = await freePort();
const server = await startTolok(tolok, port, {
  TOLOK_ALAMAT: `http://127.0.0.1:${port}`, TOLOK_SMTP: mail.address, TOLOK_SURAT_DARI: "Tolok <tolok@contoh.test>",
});
const { address } = server;
const browser = await openBrowser();
const desktop = () => browser.newContext({ viewport: { width: 1280, height: 800 } });

async function signedIn(name, password = PASSWORD) {
  const context = await desktop();
  const page = await context.newPage();
  await typePassword(page, address, name, password);
  await page.waitForURL(`${address}/`);
  return page;
}

const LINK = /http:\S+\/(undangan|sandi)\/[0-9a-f]{64}/;
const linkFor = async (surel) => (await mail.next(surel, LINK)).match(LINK)[0];

async function choose(page, link, password) {
  await page.goto(link);
  await page.getByLabel("Sandi baru", { exact: true }).fill(password);
  await page.getByLabel("Ulangi sandi baru").fill(password);
  await page.getByRole("button", { name: "Simpan sandi" }).click();
}

/** What an authenticator app shows, `steps` from now. */
function code(secret, steps = 0) {
  const bits = [...secret.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(step).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

let secret = "";

await run({
  async "an administrator invites by mail, and the link makes the first password once"() {
    const page = await signedIn("admin");
    await page.getByRole("link", { name: "Akun", exact: true }).click();
    await page.getByLabel("Nama yang ditampilkan").fill("Seksi Pelatihan Kerja");
    await page.locator("#undang-masuk").fill("seksi-pelatihan");
    await page.locator("#undang-surel").fill("pelatihan@contoh.test");
    await page.locator("#undang-peran-1").selectOption("pengisi");
    await page.locator("#undang-unit-1").selectOption({ index: 2 });
    await page.getByRole("button", { name: "Undang", exact: true }).click();
    assert.match(await page.locator("main").innerText(), /dikirim ke pelatihan@contoh\.test/);
    assert.ok(!(await page.content()).includes("/undangan/"), "a mailed link is not shown");
    const link = await linkFor("pelatihan@contoh.test");
    const context = await desktop();
    const guest = await context.newPage();
    await choose(guest, link, "sandi2021");
    // The browser itself asks for ten characters.
    assert.equal(await guest.locator("#baru:invalid").count(), 1);
    await choose(guest, link, "pelatihan2021");
    assert.match(await guest.getByRole("alert").innerText(), /mudah ditebak/);
    await choose(guest, link, PASSWORD);
    assert.match(await guest.getByRole("status").innerText(), /Sandi sudah dibuat/);
    assert.equal((await guest.goto(link)).status(), 404);
    await typePassword(guest, address, "seksi-pelatihan");
    await guest.waitForURL(`${address}/`);
    assert.equal(await guest.getByRole("link", { name: "Akun", exact: true }).count(), 0);
    await guest.goto(`${address}/riwayat`);
    assert.match(await guest.locator("main").innerText(), /undang akun.*seksi-pelatihan/s);
    await context.close();
    await page.context().close();
  },

  async "changed rights count at once, and an acting role ends with its day"() {
    const admin = await signedIn("admin");
    const member = await signedIn("seksi-pelatihan");
    await admin.goto(`${address}/akun/seksi-pelatihan`);
    await admin.locator("#ubah-peran-1").selectOption("kepala");
    await admin.locator("#ubah-unit-1").selectOption("");
    await admin.locator("#ubah-mulai-1").fill("2021-01-01");
    await admin.locator("#ubah-sampai-1").fill("2021-12-31");
    await admin.getByRole("button", { name: "Simpan peran" }).click();
    assert.match(await admin.getByRole("status").innerText(), /langsung berlaku/);
    const over = await member.goto(`${address}/`);
    assert.equal(over.status(), 403, "the time as acting head is over");
    await admin.locator("#ubah-sampai-1").fill("2099-12-31");
    await admin.getByRole("button", { name: "Simpan peran" }).click();
    await admin.getByRole("status").waitFor();
    await member.goto(`${address}/`);
    assert.match(await member.locator("details.akun summary").last().innerText(), /Kepala/);
    await Promise.all([admin.context().close(), member.context().close()]);
  },

  async "the second factor is turned on by a code, asked for, and taken once"() {
    const page = await signedIn("seksi-pelatihan");
    await page.locator("details.akun summary").last().click();
    await page.getByRole("link", { name: "Akun saya" }).click();
    await page.getByRole("link", { name: "Nyalakan" }).click();
    assert.ok(await page.locator(".qr svg").isVisible());
    secret = (await page.locator("code").first().innerText()).trim();
    await page.locator("#kode").fill(code(secret, -1));
    await page.getByLabel("Sandi sekarang").fill(PASSWORD);
    if (pictures) await page.screenshot({ path: join(pictures, "totp.png"), fullPage: true });
    await page.getByRole("button", { name: "Nyalakan" }).click();
    const codes = await page.locator(".pulih code").allInnerTexts();
    assert.equal(codes.length, 8);
    if (pictures) await page.screenshot({ path: join(pictures, "pulih.png"), fullPage: true });
    await mail.next("pelatihan@contoh.test", /baru saja dinyalakan/);
    const context = await desktop();
    const other = await context.newPage();
    await typePassword(other, address, "seksi-pelatihan");
    await other.waitForURL(/\/masuk\/kode/);
    const used = code(secret, 0);
    await other.locator("#kode").fill(used);
    await other.keyboard.press("Enter");
    await other.waitForURL(`${address}/`);
    await other.context().clearCookies();
    await typePassword(other, address, "seksi-pelatihan");
    await other.locator("#kode").fill(used);
    await other.keyboard.press("Enter");
    assert.match(await other.getByRole("alert").innerText(), /sudah dipakai/);
    await other.locator("#kode").fill(codes[0]);
    await other.keyboard.press("Enter");
    await other.waitForURL(`${address}/`);
    await context.close();
    await page.context().close();
  },

  async "a forgotten password is made anew by mail, and the second factor stays"() {
    const context = await desktop();
    const page = await context.newPage();
    for (const surel of ["tidak-ada@contoh.test", "pelatihan@contoh.test"]) {
      await page.goto(`${address}/masuk`);
      await page.getByRole("link", { name: "Lupa sandi" }).click();
      await page.getByLabel("Alamat surel").fill(surel);
      await page.getByRole("button", { name: "Kirim tautan" }).click();
      assert.match(await page.getByRole("status").innerText(), /Bila alamat itu terdaftar/);
    }
    await choose(page, await linkFor("pelatihan@contoh.test"), "lampu pagar biru 9");
    assert.ok(!mail.recipients().includes("tidak-ada@contoh.test"), "nothing to the unknown address");
    await typePassword(page, address, "seksi-pelatihan", "lampu pagar biru 9");
    await page.waitForURL(/\/masuk\/kode/);
    await context.close();
  },

  async "the administrator takes a lost second factor away and hands a link over"() {
    const admin = await signedIn("admin");
    await admin.goto(`${address}/akun/seksi-pelatihan`);
    await admin.getByRole("button", { name: "Matikan verifikasi dua langkah" }).click();
    await admin.getByRole("status").waitFor();
    await admin.locator("#surel").fill("");
    await admin.getByRole("button", { name: "Simpan", exact: true }).click();
    await admin.getByRole("status").waitFor();
    await admin.getByRole("button", { name: "Buat tautan sandi baru" }).click();
    const link = await admin.locator("#tautan").inputValue();
    assert.match(link, new RegExp(`^${address}/sandi/[0-9a-f]{64}$`));
    if (pictures) await admin.screenshot({ path: join(pictures, "tautan.png"), fullPage: true });
    const context = await desktop();
    const page = await context.newPage();
    await choose(page, link, PASSWORD);
    await typePassword(page, address, "seksi-pelatihan");
    await page.waitForURL(`${address}/`);
    await context.close();
    await admin.context().close();
  },

  async "sessions are listed and ended"() {
    const [here, there] = [await signedIn("seksi-pelatihan"), await signedIn("seksi-pelatihan")];
    await here.goto(`${address}/saya`);
    assert.match(await here.locator(".sesi").innerText(), /Chrome, Linux\s+perangkat ini/);
    await here.locator("#sandi-sesi").fill(PASSWORD);
    await here.getByRole("button", { name: "Akhiri semua sesi lain" }).click();
    assert.match(await here.getByRole("status").innerText(), /diakhiri/);
    await there.goto(`${address}/`);
    assert.match(there.url(), /\/masuk\?ke=/);
    await Promise.all([here.context().close(), there.context().close()]);
  },

  async "axe finds nothing, and a phone needs no sideways scrolling"() {
    const page = await signedIn("admin");
    const outside = await (await desktop()).newPage();
    const pages = [[page, "/akun"], [page, "/akun/seksi-pelatihan"], [page, "/saya"], [page, "/saya/totp"],
      [outside, "/masuk"], [outside, "/sandi/lupa"]];
    for (const width of [1280, 360]) {
      for (const [tab, path] of pages) {
        await tab.setViewportSize({ width, height: 800 });
        await tab.goto(address + path);
        const result = await new AxeBuilder({ page: tab }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
        assert.deepEqual(result.violations.map((v) => `${path}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`), []);
        assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth) <= width, `${path} is wider than ${width}`);
        if (pictures) await tab.screenshot({ path: join(pictures, `${path.replaceAll("/", "_")}-${width}.png`), fullPage: true });
      }
    }
  },

  async "no secret stands in the log"() {
    assert.ok(!server.log().includes("/undangan/") && !server.log().includes("/sandi/") && !server.log().includes(PASSWORD), server.log());
  },
}, async () => {
  await browser.close();
  server.stop();
  mail.close();
});
