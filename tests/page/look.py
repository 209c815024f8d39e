"""Uses the pages of reports as a reader does, in headless Chromium, by way of its DevTools protocol.

Usage: look.py CHROMIUM FOLDER SCREENSHOTS, with report.html, hostile.html, large.html, many.html and suggest.html in
FOLDER
"""

import base64
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import websocket

LIGHT, DARK = "light", "dark"
WIDE, NARROW = 1400, 420


class Browser:
    """A running Chromium with one page."""

    def __init__(self, program, profile):
        options = ["--headless=new", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={profile}",
                   "--remote-allow-origins=*", "--no-first-run", "--hide-scrollbars", "about:blank"]
        if os.getuid() == 0:
            options.insert(0, "--no-sandbox")
        self.process = subprocess.Popen([program, *options], stderr=subprocess.PIPE, text=True)
        line = next(line for line in self.process.stderr if "DevTools listening on" in line)
        self.socket = websocket.create_connection(line.split()[-1], timeout=60)
        self.numbers = itertools.count(1)
        self.session = None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def load(self, path, scheme=LIGHT, width=WIDE, height=900):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url="about:blank")
        self.events.clear()
        begin = time.monotonic()
        self.call("Page.navigate", url=path.as_uri())
        while self.run("document.readyState") != "complete":
            time.sleep(0.02)
        return time.monotonic() - begin

    def run(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, text=text if kind == "keyDown" else "",
                      windowsVirtualKeyCode=code)

    def problems(self):
        """Requests but for the page itself, and whatever the console says."""
        self.run("new Promise(done => setTimeout(done, 100))")
        for event in self.events:
            parameters = event.get("params", {})
            match event.get("method"):
                case "Network.requestWillBeSent":
                    url = parameters["request"]["url"]
                    if parameters["type"] != "Document" and not url.startswith("data:"):
                        yield f"request: {url[:200]}"
                case "Log.entryAdded":
                    yield f"log: {parameters['entry']['text'][:400]}"
                case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Page.javascriptDialogOpening":
                    yield f"{event['method']}: {json.dumps(parameters)[:400]}"

    def screenshot(self, path, most=2600):
        height = min(self.run("document.documentElement.scrollHeight"), most)
        width = self.run("innerWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"]
        path.write_bytes(base64.b64decode(data))

    def end(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (websocket.WebSocketException, OSError):
            pass
        self.process.wait(timeout=30)


checked = 0


def check(what, is_true):
    global checked
    if not is_true:
        sys.exit(f"FAILED: {what}")
    checked += 1


def no_problems(browser, name):
    problems = list(browser.problems())
    check(f"{name}: {problems}", not problems)


VISIBLE = "[...document.querySelectorAll('{}')].filter(row => row.getClientRects().length).length"
CAUSES, EXPORTS = VISIBLE.format(".causes > tbody"), VISIBLE.format(".exports > tbody > tr")
TYPE = ("{{ const box = document.querySelector('{}'); box.value = {};"
        "box.dispatchEvent(new Event('input', {{ bubbles: true }})); }}")


def use(browser, path):
    """Filters, sorts, expands and follows links, with the mouse's events and with keys."""
    browser.load(path)
    causes, exports = browser.run(CAUSES), browser.run(EXPORTS)
    rows = [browser.run(f"document.querySelectorAll('{rows}').length") for rows in [".causes > tbody", ".exports > tbody > tr"]]
    check(f"all rows are shown at first: {causes}, {exports}", [causes, exports] == rows and min(rows) > 3)
    check("the controls are shown", browser.run("!document.querySelector('.controls').hidden"))

    browser.run(TYPE.format("#causes .filter", "'f_count'"))
    check("a filter finds a member", browser.run(CAUSES) == 1)
    shown = browser.run("document.querySelector('#causes .shown').textContent")
    check("it says how many are shown", shown == f"1 of {causes:.0f} shown")
    browser.run(TYPE.format("#causes .filter", "''"))
    browser.run("document.querySelector('input[name=verdict][value=breaks]').click()")
    others = browser.run("document.querySelectorAll('.causes > tbody:not([data-verdict=breaks])').length")
    check("a box hides a verdict", 0 < others < causes and browser.run(CAUSES) == others)
    browser.run("document.querySelector('input[name=verdict][value=breaks]').click()")
    click_all = "document.querySelectorAll('input[name=class]').forEach(box => box.click())"
    browser.run(click_all)
    check("boxes hide classes", browser.run(CAUSES) == 0)
    browser.run(click_all)
    check("and show them again", browser.run(CAUSES) == causes)

    browser.run(TYPE.format("#exports .filter", "'usbcore moved'"))
    check("a filter finds exports by all words", browser.run(EXPORTS) == 1)
    browser.run(TYPE.format("#exports .filter", "''"))
    browser.run("document.querySelector('input[value=changed]').click()")
    others = browser.run("document.querySelectorAll('.exports > tbody > tr:not([data-difference=changed])').length")
    check("a box hides a difference", 0 < others < exports and browser.run(EXPORTS) == others)
    browser.run("document.querySelector('input[value=changed]').click()")
    failing = int(browser.run("document.querySelectorAll('.exports [data-ruling=failing]').length"))
    for ruling in ["warning", "allowed"]:
        browser.run(f"document.querySelector('#exports input[name=ruling][value={ruling}]').click()")
    check("a box leaves what fails", 0 < failing < exports and browser.run(EXPORTS) == failing)
    for ruling in ["warning", "allowed"]:
        browser.run(f"document.querySelector('#exports input[name=ruling][value={ruling}]').click()")
    browser.run("document.querySelector('#causes input[name=ruling][value=failing]').click()")
    allowed = browser.run("document.querySelectorAll('.causes > tbody:not([data-ruling=failing])').length")
    check("a box hides causes that fail", browser.run(CAUSES) == allowed)
    browser.run("document.querySelector('#causes input[name=ruling][value=failing]').click()")

    first = "document.querySelector('.exports tbody th').firstChild.data"
    rulings = browser.run("[...document.querySelectorAll('.exports tbody tr')].map(row => row.dataset.ruling).join(' ')")
    check("what fails is first, then warnings", list(dict.fromkeys(rulings.split())) == ["failing", "warning", "allowed"]
          and rulings.split() == sorted(rulings.split(), key=["failing", "warning", "allowed"].index))
    browser.run("document.querySelector('.exports thead button').click()")
    check("exports are ordered by name", browser.run(first).startswith("_R"))
    browser.run("document.querySelector('.exports thead button').click()")
    check("and the other way round", browser.run(first) == "vfs_operation_29")
    check("which is told", browser.run("document.querySelector('.exports th').ariaSort") == "descending")
    first = "document.querySelector('.causes tbody code').textContent"
    browser.run("document.querySelectorAll('.causes thead button')[0].click()")
    check("causes are ordered, with what is below them", browser.run(first) == "enum open_flags")

    opened = "document.querySelectorAll('.causes tbody > tr > td > details[open]').length"
    check("causes are closed at first", browser.run(opened) == 0)
    browser.run("document.querySelector('.causes summary').focus()")
    browser.press("Enter", 13, "\r")
    check("a key opens one", browser.run(opened) == 1)
    browser.run("document.querySelector('.expand').click()")
    check("a button opens all", browser.run(opened) == causes)
    browser.run("document.querySelector('.collapse').click()")
    check("a button closes all", browser.run(opened) == 0)
    browser.run("document.querySelector('.exports a[href=\"#c1\"]').click()")
    browser.run("new Promise(done => setTimeout(done, 50))")
    check("a link opens its cause", browser.run(opened) == 1 and browser.run("document.querySelector('#c1 details').open"))
    browser.run("dispatchEvent(new Event('beforeprint'))")
    check("all is printed", browser.run(opened) == causes)
    browser.run("dispatchEvent(new Event('afterprint'))")
    check("and closed again", browser.run(opened) == 1)
    no_problems(browser, "report")


def stops(browser):
    """Where the Tab key leads."""
    seen = []
    for _ in range(60):
        browser.press("Tab", 9)
        seen.append(browser.run("document.activeElement.tagName + ' ' + (document.activeElement.className || '')"))
    return seen


def draw(browser, path):
    """What is drawn is as large as it says: a hole is as wide as its bits."""
    browser.load(path)
    browser.run("document.querySelector('#c1 details').open = true")
    width = ("(name => { const boxes = [...document.querySelectorAll('#c1 figure:first-child g')];"
             "const own = boxes.find(box => box.querySelector('text')?.textContent.startsWith(name));"
             "return own.querySelector('rect').getBoundingClientRect().width; })('{}')")
    lock, op, hole = (browser.run(width.replace("{}", name)) for name in ("f_lock", "f_op", "hole"))
    check("widths are to scale", abs(lock * 2 - op) < 0.5 and abs(hole * 64 / 60 - op) < 0.5)
    pattern = browser.run("getComputedStyle(document.querySelector('.hole rect')).fill")
    check("holes are hatched", "hatch" in pattern)


# Types a text key by key; tells how many milliseconds the slowest took until the page was drawn again.
KEYS = """(async () => {{
    const box = document.querySelector('{}'), text = {};
    const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    let slowest = 0;
    for (let length = 1; length <= text.length; length++) {{
        await drawn();
        const begin = performance.now();
        box.value = text.slice(0, length);
        box.dispatchEvent(new Event('input', {{ bubbles: true }}));
        document.body.getBoundingClientRect();
        await drawn();
        slowest = Math.max(slowest, performance.now() - begin);
    }}
    return slowest;
}})()"""


def many(browser, path):
    """Thousands of causes: what is behind them costs nothing until it is opened."""
    seconds = browser.load(path)
    causes = browser.run("document.querySelectorAll('.causes > tbody').length")
    elements = browser.run("document.querySelectorAll('.causes > tbody *').length")
    check("what is behind a cause is no element yet", causes == 5000 and elements < 20 * causes)
    browser.run("new Promise(done => setTimeout(done, 2000))")
    slowest = browser.run(KEYS.format("#causes .filter", "'type_4321'"))
    check("a filter finds one of many causes", 0 < browser.run(CAUSES) < 10)
    back = browser.run(KEYS.format("#causes .filter", "' '"))
    check("and shows all again", browser.run("document.querySelectorAll('.causes > tbody:not([hidden])').length") == causes)
    opened = "document.querySelectorAll('#c7 .changes li').length"
    check("a cause is closed", browser.run(opened) == 0)
    browser.run("document.querySelector('#c7 details').open = true")
    check("what is opened becomes elements", browser.run(opened) > 0)
    check("once", browser.run("document.querySelector('#c7 noscript')") is None)
    no_problems(browser, "many")
    print(f"5,000 causes: loaded in {seconds:.1f} s, a key took {slowest:.0f} ms, to show all {back:.0f} ms")


def suggestions(browser, path):
    """The page of suggestions: it works as that of a report does, and sources can be copied as they are to be written."""
    browser.load(path)
    causes = browser.run(CAUSES)
    check(f"all causes of suggestions are shown: {causes}", causes > 20)
    found = browser.run("document.querySelectorAll('.causes > [data-verdict=harmless]').length")
    browser.run("document.querySelector('input[name=verdict][value=breaks]').click()")
    browser.run("document.querySelectorAll('input[name=verdict][value=unclear]').forEach(box => box.click())")
    check("a box leaves what can be kept", 0 < found < causes and browser.run(CAUSES) == found)
    browser.run("document.querySelector('.expand').click()")
    sources = browser.run("[...document.querySelectorAll('.diff')].map(source => source.textContent)")
    check("sources have tabs and line breaks", any("\n\t" in source for source in sources))
    check("and no marks", not any("\\t" in source or "&#" in source for source in sources))
    selected = ("(() => {{ const source = [...document.querySelectorAll('.diff')].find(source => source.textContent.includes('\\t'));"
                "getSelection().selectAllChildren(source); return getSelection().toString(); }})()")
    copied = browser.run(selected.format())
    check(f"what is copied is the source: {copied!r}", "\n\t" in copied and copied.rstrip("\n").endswith(";"))
    browser.run(TYPE.format("#causes .filter", "'request'"))
    check("a filter finds a type", 0 < browser.run(CAUSES) < found)
    no_problems(browser, "suggest")


def patiently(call):
    """What a call returns that fails for as long as a page without scripts is loaded: these could say that it is complete."""
    deadline = time.monotonic() + 30
    while True:
        time.sleep(0.5)
        try:
            return call()
        except RuntimeError:
            if time.monotonic() > deadline:
                raise


def main():
    program, folder, screenshots = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
    screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            report = folder / "report.html"
            use(browser, report)
            browser.load(report)
            seen = stops(browser)
            check("keys reach filters, headers and causes",
                  "INPUT filter" in seen and any("SUMMARY" in stop for stop in seen) and "BUTTON " in seen)
            draw(browser, report)
            suggestions(browser, folder / "suggest.html")
            for name, scheme, width in itertools.product(("report", "hostile", "suggest"), (LIGHT, DARK), (WIDE, NARROW)):
                browser.load(folder / f"{name}.html", scheme, width)
                no_problems(browser, name)
                browser.run("document.querySelectorAll('details').forEach(details => details.open = true)")
                overflow = browser.run("document.documentElement.scrollWidth - innerWidth")
                check(f"{name} at {width}: nothing is wider than the window, but {overflow}", overflow <= 0)
                browser.screenshot(screenshots / f"{name}-{scheme}-{width}.png")
            browser.load(report, LIGHT, WIDE)
            browser.screenshot(screenshots / "report-closed.png")

            seconds = browser.load(folder / "large.html")
            begin = time.monotonic()
            browser.run(TYPE.format("#exports .filter", "'do_0001'"))
            found = browser.run(EXPORTS)
            filtering = time.monotonic() - begin
            check("a large page is filtered", found == 10)
            no_problems(browser, "large")
            browser.run("document.querySelector('#c2 details').open = true")
            browser.run("document.querySelector('#c2').scrollIntoView()")
            data = browser.call("Page.captureScreenshot")["data"]
            (screenshots / "large.png").write_bytes(base64.b64decode(data))
            print(f"large page: loaded in {seconds:.1f} s, filtered in {filtering:.2f} s")

            many(browser, folder / "many.html")

            browser.call("Emulation.setScriptExecutionDisabled", value=True)
            browser.call("Page.navigate", url=report.as_uri())
            data = patiently(lambda: browser.call("Page.captureScreenshot")["data"])
            (screenshots / "no-script.png").write_bytes(base64.b64decode(data))
        finally:
            browser.end()
    print(f"{checked} passed, 0 failed")


main()
