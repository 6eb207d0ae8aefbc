// Browser tests of single sign-on against a real OpenID Connect provider (npm oidc-provider) on loopback.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { PASSWORD, freePort, openBrowser, run, startTolok, typePassword } from "./peladen.mjs";

const [tolok] = process.argv.slice(2);
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const SECRET = "rahasia-klien-untuk-pengujian";
const BUTTON = "Masuk dengan akun Pemkot";

const listener = createServer();
await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${listener.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "tolok", client_secret: SECRET, redirect_uris: [`${address}/masuk/sso/kembali`] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
  // Whoever is named at the provider's sign-in exists there; "ragu" has not shown that the address is theirs.
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id.replace("ragu-", "")}@contoh.test`, email_verified: !id.startsWith("ragu"), preferred_username: id }),
  }),
  pkce: { required: () => true },
  cookies: { keys: ["kunci untuk pengujian"] },
  features: { devInteractions: { enabled: true } },
});
// What the provider was asked for, to see that nothing is left out.
const asked = [];
// Set to keep the browser at the provider's last step, with the address that it would have been sent back to.
let held;
listener.on("request", (request, response) => {
  const end = response.end.bind(response);
  response.end = (...body) => {
    const to = String(response.getHeader("location"));
    if (!held || !to.startsWith(`${address}/masuk/sso/kembali`)) return end(...body);
    held.answer = to;
    response.statusCode = 200;
    for (const name of ["location", "content-length"]) response.removeHeader(name);
    return end("ditahan");
  };
  if (request.url.startsWith("/auth?")) asked.push(new URL(request.url, issuer).searchParams);
  return provider.callback()(request, response);
});

const server = await startTolok(tolok, port, {
  TOLOK_ALAMAT: address, TOLOK_OIDC_PENERBIT: issuer, TOLOK_OIDC_KLIEN: "tolok", TOLOK_OIDC_RAHASIA: SECRET,
  TOLOK_OIDC_LABEL: BUTTON,
});
const browser = await openBrowser();

/** Invites somebody with that mail address, without a password. */
async function invite(name) {
  const page = await (await browser.newContext()).newPage();
  await typePassword(page, address, "admin");
  await page.waitForURL(`${address}/`);
  await page.goto(`${address}/akun`);
  await page.locator("#undang-nama").fill(`Seksi ${name}`);
  await page.locator("#undang-masuk").fill(name);
  await page.locator("#undang-surel").fill(`${name}@contoh.test`);
  await page.locator("#undang-peran-1").selectOption("pengisi");
  await page.getByRole("button", { name: "Undang", exact: true }).click();
  await page.locator("#tautan").waitFor();
  await page.context().close();
}

/** Goes to the provider by the second button and signs in there under that name. */
async function byProvider(page, name, from = "/masuk") {
  await page.goto(address + from);
  await page.getByRole("link", { name: BUTTON }).click();
  await page.waitForURL(`${issuer}/**`);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("apa saja");
  await page.locator("button[type=submit]").click();
  // The provider asks whether Tolok may know.
  await page.locator("button[type=submit]").click();
  await (held ? page.getByText("ditahan").waitFor() : page.waitForURL(`${address}/**`));
}

const fresh = async () => (await browser.newContext()).newPage();

await run({
  async "somebody whom the provider knows is signed in, and comes to the page that was asked for"() {
    await invite("pelatihan");
    const page = await fresh();
    await byProvider(page, "pelatihan", "/pengukuran?tahun=2021&tw=2");
    assert.equal(page.url(), `${address}/pengukuran?tahun=2021&tw=2`);
    assert.match(await page.locator("details.akun summary").last().innerText(), /Pengisi/);
    const query = asked.at(-1);
    assert.equal(query.get("code_challenge_method"), "S256");
    for (const name of ["state", "nonce", "code_challenge"]) assert.ok(query.get(name).length >= 20, name);
    assert.ok(!query.toString().includes(SECRET));
    await page.goto(`${address}/saya`);
    assert.match(await page.locator("main").innerText(), /tidak bersandi/);
    await page.getByText("Pengisi").click();
    await page.getByRole("button", { name: "Keluar" }).click();
    await page.waitForURL(/\/masuk/);
    await page.context().close();
  },

  async "whom Tolok does not know is refused, and no account is made"() {
    const page = await fresh();
    await byProvider(page, "orang-lain");
    assert.match(await page.getByRole("alert").innerText(), /minta admin memeriksa/);
    assert.equal((await page.goto(`${address}/`)).url(), `${address}/masuk?ke=/`);
    await page.context().close();
    const admin = await fresh();
    await typePassword(admin, address, "admin");
    await admin.waitForURL(`${address}/`);
    await admin.goto(`${address}/akun`);
    assert.ok(!(await admin.locator("main").innerText()).includes("orang-lain"));
    await admin.context().close();
  },

  async "an address that the provider has not verified is no proof"() {
    const page = await fresh();
    await byProvider(page, "ragu-pelatihan");
    assert.match(await page.getByRole("alert").innerText(), /tidak dapat memasukkan/);
    await page.context().close();
  },

  async "an answer with another state, of another browser, or used again is refused"() {
    const page = await fresh();
    held = {};
    await byProvider(page, "pelatihan");
    const { answer } = held;
    held = undefined;
    const refused = async (tab, url, about) => {
      await tab.goto(url);
      assert.match(tab.url(), /\/masuk\?pesan=sso/, about);
    };
    const stranger = await fresh();
    await refused(stranger, answer, "a browser that never went away");
    const forged = new URL(answer);
    forged.searchParams.set("state", "x".repeat(22));
    const { cookies } = await page.context().storageState();
    await refused(page, forged.href, "another state");
    // A refusal takes the cookie away; with it put back, the right answer works once.
    await page.context().addCookies(cookies);
    await page.goto(answer);
    assert.equal(page.url(), `${address}/`);
    const victim = await browser.newContext();
    await victim.addCookies(cookies.map((cookie) => (cookie.name === "tolok-sso" ? { ...cookie, value: `00.${cookie.value}` } : cookie)));
    await refused(await victim.newPage(), answer, "a broken seal");
    await victim.clearCookies();
    await victim.addCookies(cookies);
    await refused(await victim.newPage(), answer, "the code was used");
    await Promise.all([page.context().close(), stranger.context().close(), victim.close()]);
  },

  async "a link on another site signs nobody in"() {
    const page = await fresh();
    await page.goto(`${issuer}/.well-known/openid-configuration`);
    await page.evaluate((target) => { location.href = target; }, `${address}/masuk/sso`);
    await page.waitForURL(/\/masuk\?ke=/);
    await page.context().close();
  },

  async "a switched off account is refused at the provider's door, too"() {
    const admin = await fresh();
    await typePassword(admin, address, "admin");
    await admin.waitForURL(`${address}/`);
    await admin.goto(`${address}/akun/pelatihan`);
    await admin.getByRole("button", { name: "Nonaktifkan akun" }).click();
    await admin.getByRole("status").waitFor();
    const page = await fresh();
    await byProvider(page, "pelatihan");
    assert.match(page.url(), /\/masuk\?pesan=sso/);
    await Promise.all([admin.context().close(), page.context().close()]);
  },

  async "no secret stands in the log"() {
    assert.ok(!server.log().includes(SECRET) && !server.log().includes(PASSWORD), server.log());
    assert.match(server.log(), /state tidak cocok/);
  },
}, async () => {
  await browser.close();
  server.stop();
  listener.closeAllConnections();
  listener.close();
});
