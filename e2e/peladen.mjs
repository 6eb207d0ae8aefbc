// Servers on loopback for browser tests: Tolok with the example data and settings of its own, and a mail server that keeps what it
// gets. Every test script runs its tests with `run`, which ends with "N passed, N failed".
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), "../data/demo/serang-2021");
export const PASSWORD = "payung tangga roda 8";

export const openBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

/** A port that is free now. */
export const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/**
 * A mail server that takes everything. `next(to, holds)` waits for a mail to that address whose text holds
 * something, gives it, and throws away what came to that address before.
 */
export async function mailServer() {
  const mails = [];
  const server = createServer((socket) => {
    let [mail, inData, rest] = [{ to: "", text: "" }, false, ""];
    socket.on("error", () => {});
    socket.write("220 surat.test\r\n");
    socket.on("data", (piece) => {
      const lines = (rest + piece).split("\r\n");
      rest = lines.pop();
      for (const line of lines) {
        if (inData && line !== ".") {
          mail.text += `${line}\n`;
        } else if (inData) {
          inData = false;
          mails.push(mail);
          mail = { to: "", text: "" };
          socket.write("250 diterima\r\n");
        } else if (line === "DATA") {
          inData = true;
          socket.write("354 silakan\r\n");
        } else {
          if (line.startsWith("RCPT TO:")) mail.to = line.slice(9, -1);
          socket.write(line === "QUIT" ? "221 selesai\r\n" : "250 baik\r\n");
        }
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const next = async (to, holds) => {
    for (let i = 0; i < 150; i += 1) {
      for (;;) {
        const at = mails.findIndex((mail) => mail.to === to);
        if (at < 0) break;
        // Long lines are folded by quoted-printable.
        const text = mails.splice(at, 1)[0].text.replaceAll("=\n", "").replaceAll("=3D", "=");
        if (holds.test(text)) return text;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no mail for ${to} with ${holds}`);
  };
  return { address: `smtp://127.0.0.1:${server.address().port}`, next, recipients: () => mails.map((mail) => mail.to), close: () => server.close() };
}

/**
 * Tolok with the example data, the account "admin", and these settings. `prepare` may change the copy of the data package that is loaded.
 */
export async function startTolok(tolok, port, settings = {}, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "tolok-e2e-"));
  const content = join(folder, "paket");
  cpSync(PACKAGE, content, { recursive: true });
  prepare(content);
  const data = ["--data", join(folder, "data")];
  const quiet = { stdio: ["pipe", "ignore", "pipe"] };
  execFileSync(tolok, ["impor", content, ...data], quiet);
  execFileSync(tolok, ["akun", "admin", "--nama", "Admin Disnakertrans", "--peran", "admin", ...data],
    { ...quiet, input: `${PASSWORD}\n` });
  const server = spawn(tolok, ["serve", "--port", String(port), ...data],
    { env: { ...process.env, ...settings }, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  server.stderr.on("data", (piece) => { log += piece; });
  for (let i = 0; !log.includes("Tolok siap"); i += 1) {
    if (i > 200 || server.exitCode !== null) throw new Error(`Tolok did not start: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    address: `http://127.0.0.1:${port}`,
    log: () => log,
    link: (name) => execFileSync(tolok, ["akun", name, "--tautan", ...data], quiet),
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Types name and password. */
export async function typePassword(page, address, name, password = PASSWORD) {
  await page.goto(`${address}/masuk`);
  await page.getByLabel("Nama akun").fill(name);
  await page.getByLabel("Sandi").fill(password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
}

/** Invites somebody on the page of accounts, which an administrator has open, and chooses the password for him. */
export async function invite(page, address, name, role, shown) {
  await page.goto(`${address}/akun`);
  await page.getByLabel("Nama yang ditampilkan").fill(shown);
  await page.locator("#undang-masuk").fill(name);
  await page.locator("#undang-peran-1").selectOption(role);
  await page.getByRole("button", { name: "Undang" }).click();
  const link = await page.locator("#tautan").inputValue();
  const guest = await (await page.context().browser().newContext()).newPage();
  await guest.goto(link.replace(/^http:\/\/[^/]+/, address));
  await guest.getByLabel("Sandi baru", { exact: true }).fill(PASSWORD);
  await guest.getByLabel("Ulangi sandi baru").fill(PASSWORD);
  await guest.getByRole("button", { name: "Simpan sandi" }).click();
  await guest.getByRole("status").filter({ hasText: "Sandi sudah dibuat" }).first().waitFor();
  await guest.context().close();
}

/** Ctrl+V of cells that lie in the clipboard of a spreadsheet, on a field. */
export const paste = (field, text) => field.evaluate((input, cells) => {
  input.focus();
  const data = new DataTransfer();
  data.setData("text/plain", cells);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

/** Runs tests one after the other and ends the process. */
export async function run(tests, clean) {
  let [passed, failed] = [0, 0];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      passed += 1;
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n     ${String(error.stack).split("\n").join("\n     ")}`);
    }
  }
  await clean();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
