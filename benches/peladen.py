"""A running server: how soon it answers, how long a cold PDF takes, how much memory it needs after many reports."""

import http.cookiejar
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

REPORTS = 30


def row(what, measured, goal, unit):
    print(f"{what:<66} {measured:>10.0f} {unit} {goal:>10.0f} {unit} {measured * 100 / goal:>5.0f} %")


def start(binary, folder):
    before = time.monotonic()
    server = subprocess.Popen([binary, "demo", "--folder", folder, "--port", "18200"], stderr=subprocess.PIPE, text=True)
    for line in server.stderr:
        found = re.match(r"Tolok siap di (http\S+)", line)
        if found:
            return server, found.group(1), (time.monotonic() - before) * 1000
    sys.exit("peladen tidak menyala")


def memory_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def main(binary):
    with tempfile.TemporaryDirectory() as folder:
        first, _, filled = start(binary, f"{folder}/demo")
        first.terminate()
        first.wait()
        server, address, again = start(binary, f"{folder}/demo")
        try:
            row("server: first start of the demo, data loaded", filled, 5000, "ms")
            row("server: start with data", again, 1000, "ms")
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
            form = urllib.parse.urlencode({"nama": "perencana", "sandi": "tolok-demo-2021", "ke": "/"}).encode()
            browser.open(f"{address}/masuk", form).read()
            before = time.monotonic()
            browser.open(f"{address}/laporan/unduh/pdf").read()
            row("server: LKjIP as PDF, first request", (time.monotonic() - before) * 1000, 1000, "ms")
            times = []
            for n in range(REPORTS):
                # A change in between, so that each report is set anew.
                page = browser.open(f"{address}/indikator/2.07.05.i1/ubah?tahun=2021&periode=2021").read().decode()
                seen = re.search(r'name="dilihat" value="([^"]*)"', page).group(1)
                entry = urllib.parse.urlencode({"nilai": f"{30 + n % 9},5", "keterangan": "uji", "dilihat": seen}).encode()
                browser.open(f"{address}/indikator/2.07.05.i1/ubah?tahun=2021&periode=2021", entry).read()
                before = time.monotonic()
                browser.open(f"{address}/laporan/unduh/docx").read()
                times.append((time.monotonic() - before) * 1000)
            row(f"server: DOCX with its page layout, median of {REPORTS}", sorted(times)[REPORTS // 2], 1000, "ms")
            before = time.monotonic()
            browser.open(f"{address}/laporan/unduh/docx").read()
            row("server: DOCX, nothing changed since", (time.monotonic() - before) * 1000, 100, "ms")
            row(f"server: memory after {REPORTS} reports", memory_mb(server.pid), 200, "MB")
        finally:
            server.terminate()
            server.wait()


main(sys.argv[1])
