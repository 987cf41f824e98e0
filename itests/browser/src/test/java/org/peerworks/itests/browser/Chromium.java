package org.peerworks.itests.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a screen. */
final class Chromium implements AutoCloseable {

  static final Dimension DESKTOP = new Dimension(1280, 800);
  static final Dimension NARROW = new Dimension(360, 740);

  private static final Path PICTURES = Path.of("target", "screenshots");

  private final ChromeDriver driver;

  /**
   * @param profile where it keeps what it keeps
   */
  Chromium(Path profile) {
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    // No sandbox, as tests may run as root, where Chromium has none.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--user-data-dir=" + profile,
        "--window-size=1280,800");
    options.setCapability("goog:loggingPrefs", console);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Lets the page of an address read the clipboard, as a test has to. */
  void grantClipboard(String origin) {
    driver.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of(
            "origin",
            origin,
            "permissions",
            List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  String clipboard() {
    return (String) driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])");
  }

  /** Makes the page as wide as a device; a window has a least width. */
  void resize(Dimension size) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * Has pages that are loaded from now on keep the time that passes, by their own clock, from the
   * last message that they got until each new text of their status: {@code clock.after[text]}, and
   * how late they were with what they had to do meanwhile: {@code clock.late}.
   */
  void keepTime() {
    driver.executeCdpCommand("Page.enable", Map.of());
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            """
            window.clock = { heard: 0, late: 0, after: {} };
            window.WebSocket = class extends WebSocket {
              constructor(...words) {
                super(...words);
                this.addEventListener('message', () => { clock.heard = performance.now(); });
              }
            };
            let due = performance.now() + 50;
            setInterval(() => {
              const now = performance.now();
              clock.late = Math.max(clock.late, now - due);
              due = now + 50;
            }, 50);
            new MutationObserver(() => {
              const text = document.querySelector('#status')?.textContent.trim().split(' since')[0];
              if (text && !(text in clock.after)) {
                clock.after[text] = performance.now() - clock.heard;
              }
            }).observe(document, { subtree: true, childList: true, characterData: true });
            """));
  }

  /** Keeps a picture for people to look at. */
  void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the pages have complained about so far. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
