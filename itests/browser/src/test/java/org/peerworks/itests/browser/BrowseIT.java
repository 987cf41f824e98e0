package org.peerworks.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerworks.itests.browser.FilesPage.encoded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.peerworks.itests.distribution.Running;

/** The page in a browser, in front of a worker that is reached over WebRTC. */
class BrowseIT {

  private static final String[] TOP = {"projects", "runs", "fly.slp", "notes <b>&amp; plans.txt"};

  @TempDir static Path directory;

  private static BrowseLab lab;
  private static Chromium chromium;
  private static ChromeDriver driver;

  @BeforeAll
  static void startAll() throws Exception {
    lab = new BrowseLab(directory);
    chromium = lab.chromium();
    driver = chromium.driver();
  }

  @AfterAll
  static void closeAll() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void onADesktop() {
    chromium.resize(Chromium.DESKTOP);
  }

  @AfterEach
  void thePageHasNotComplained() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void theTokenLeavesTheAddressAndThePageSaysWhereItIs() throws Exception {
    FilesPage page = lab.open();
    page.awaitRows(TOP);

    assertThat(driver.getCurrentUrl()).doesNotContain("token");
    assertThat(page.text(".worker .name")).isEqualTo("gpu-01");
    assertThat(page.text("#status")).matches("Connected since \\d\\d:\\d\\d:\\d\\d");
    assertThat(page.text("#updated")).matches("Updated \\d\\d:\\d\\d:\\d\\d");
    assertThat(page.text("#count")).isEqualTo("Showing 4 of 4");
    assertThat(page.texts("[role=tab]")).containsExactly("Lab data", "Archive", "Training");
    assertThat(page.texts(".files tbody tr:nth-child(3) td").subList(1, 2))
        .containsExactly("15.0 MB");

    driver.navigate().refresh();
    page.awaitRows(TOP);
  }

  @Test
  void everythingWorksByKeyboard() {
    FilesPage page = lab.open();
    page.awaitRows(TOP);
    page.focusRow("projects");
    page.type(Keys.ENTER);
    page.awaitRows("empty", "fly_courtship", "mouse_tracking");
    page.focusRow("fly_courtship");
    page.type(Keys.ENTER);
    page.awaitRows("centroid.yaml", "fly.slp", "fly_session_2.slp");
    assertThat(page.texts(".crumbs li"))
        .containsExactly(lab.storage().lab().toString(), "projects", "fly_courtship");

    page.focusRow("fly_session_2.slp");
    page.type("c");
    page.until(() -> page.text("#toast").startsWith("Copied "));
    assertThat(chromium.clipboard())
        .isEqualTo(
            lab.storage().lab().resolve("projects/fly_courtship/fly_session_2.slp").toString());

    page.type(Keys.BACK_SPACE);
    page.awaitRow("mouse_tracking");
    page.until(() -> page.focused().equals("fly_courtship"));

    page.type("/");
    page.type("mouse");
    page.awaitRows("mouse_tracking");
    page.type(Keys.ARROW_DOWN);
    page.until(() -> page.focused().equals("mouse_tracking"));
    page.type(Keys.ENTER);
    page.awaitRows("mouse.slp");

    page.type("?");
    page.until(() -> page.text("dialog h2").equals("Keys"));
    page.type(Keys.ESCAPE);
    page.until(() -> page.text("dialog h2").isEmpty());
  }

  @Test
  void everythingWorksByMouse() {
    FilesPage page = lab.open();
    page.open("projects");
    page.open("mouse_tracking");
    page.awaitRows("mouse.slp");
    page.copy("mouse.slp");
    page.until(() -> page.texts(".copy").contains("Copied"));
    assertThat(chromium.clipboard()).endsWith("/projects/mouse_tracking/mouse.slp");

    page.click(".crumbs li:nth-child(2) a");
    page.awaitRows("empty", "fly_courtship", "mouse_tracking");
    page.click(".path-tools button");
    page.until(() -> chromium.clipboard().endsWith("/mnt/lab/projects"));
    page.click("#tab-1");
    page.awaitRows("2024");
    page.until(() -> page.text("[aria-selected=true][role=tab]").equals("Archive"));

    driver.navigate().back();
    page.awaitRows("empty", "fly_courtship", "mouse_tracking");
    driver.navigate().back();
    page.awaitRows("mouse.slp");
    driver.navigate().forward();
    page.awaitRow("empty");
    page.open("empty");
    page.until(() -> page.text(".empty").equals("This folder is empty."));
  }

  @Test
  void aLongFolderIsShownPageByPageFilteredAndSorted() {
    FilesPage page = lab.open(folder("runs"));
    page.until(() -> page.text("#count").equals("Showing 20 of 45"));
    page.script("window.scrollTo(0, document.body.scrollHeight)");
    page.until(() -> page.text("#count").equals("Showing 45 of 45"));

    page.click("th.size button");
    page.until(() -> page.names().get(0).equals("run_01.slp"));
    page.click("th.size button");
    page.until(() -> page.names().get(0).equals("run_45.slp"));
    assertThat(page.text(".files tbody td.size")).isEqualTo("1.0 MB");

    page.type("/");
    page.type("_1");
    page.until(() -> page.text("#count").startsWith("Showing 10 of 10 that match, 45 in all"));
    page.type(Keys.ESCAPE);
    page.until(() -> page.names().size() == 45);
  }

  @Test
  void aFileIsSearchedForInAllMountsAndShownInItsFolder() {
    FilesPage page = lab.open();
    page.awaitRows(TOP);
    page.type("/");
    page.type("fly*.slp", Keys.ENTER);
    page.until(() -> page.text("#count").startsWith("4 files found in "));
    assertThat(page.names())
        .containsExactlyInAnyOrder("fly.slp", "fly.slp", "fly.slp", "fly_session_2.slp");
    assertThat(page.texts(".mount")).contains("Lab data", "Archive");
    assertThat(page.hash()).endsWith("?find=fly*.slp");

    page.script(
        "const s = document.querySelector('.scope select'); s.value = 'Archive'; s.dispatchEvent(new Event('change'))");
    page.until(() -> page.texts(".mount").equals(List.of("Archive")));
    page.click(".place a");
    page.awaitRows("fly.slp");
    page.until(() -> page.hash().endsWith("/archive/2024"));

    driver.navigate().back();
    page.until(() -> page.text("#count").startsWith("1 file found"));
    page.type("/");
    page.type("*", Keys.ENTER);
    page.until(() -> page.text(".problem").contains("3"));
  }

  @Test
  void whatCannotBeOpenedIsExplained() {
    FilesPage page = lab.open("#/etc");
    page.until(() -> page.text(".problem").contains("/etc"));
    assertThat(page.names()).isEmpty();
    page.click("#tab-0");
    page.awaitRows(TOP);
  }

  @Test
  void theWayUpIsFoundInAMountThatIsALink() {
    FilesPage page = lab.open();
    page.awaitRows(TOP);
    page.script("document.querySelectorAll('[role=tab]')[1].click()");
    page.awaitRows("2024");
    page.open("2024");
    page.awaitRows("fly.slp");
    assertThat(page.text("[aria-selected=true][role=tab]")).isEqualTo("Archive");
    page.focusRow("fly.slp");
    page.type(Keys.BACK_SPACE);
    page.awaitRows("2024");
  }

  @Test
  void severalTabsGoTheirOwnWays() {
    FilesPage page = lab.open();
    page.awaitRows(TOP);
    String first = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    lab.open(folder("projects")).awaitRow("empty");
    driver.close();
    driver.switchTo().window(first);
    page.awaitRows(TOP);
  }

  @Test
  void itLooksRightOnADesktopAndIsAccessible() throws Exception {
    FilesPage page = lab.open(folder("projects/fly_courtship"));
    page.awaitRow("fly.slp");
    page.focusRow("fly.slp");
    chromium.picture("desktop");
    assertThat(Axe.violations(driver)).isEmpty();

    page.click(".tools button:nth-child(2)");
    chromium.picture("light");
    assertThat(Axe.violations(driver)).isEmpty();
    page.click(".tools button:nth-child(1)");
    page.until(() -> page.text("dialog h2").equals("Keys"));
    chromium.picture("help-light");
    assertThat(Axe.violations(driver)).isEmpty();
    page.type(Keys.ESCAPE);
    page.click(".tools button:nth-child(2)");

    page.type("/");
    page.type("fly*.slp", Keys.ENTER);
    page.until(() -> page.text("#count").startsWith("4 files found in "));
    chromium.picture("search");
    assertThat(Axe.violations(driver)).isEmpty();
    FilesPage runs = lab.open(folder("runs"));
    runs.until(() -> runs.text("#count").equals("Showing 20 of 45"));
    chromium.picture("long");
  }

  @Test
  void itIsUsableOnANarrowScreen() throws Exception {
    chromium.resize(Chromium.NARROW);
    FilesPage page = lab.open();
    page.awaitRows(TOP);
    chromium.picture("narrow");
    assertThat(Axe.violations(driver)).isEmpty();
    assertThat(page.isAsWideAsItsWindow()).isTrue();
    page.copy("fly.slp");
    page.until(() -> chromium.clipboard().endsWith("/mnt/lab/fly.slp"));

    page.type("/");
    page.type("fly*.slp", Keys.ENTER);
    page.until(() -> page.text("#count").startsWith("4 files found in "));
    chromium.picture("narrow-search");
    assertThat(page.isAsWideAsItsWindow()).isTrue();
    assertThat(Axe.violations(driver)).isEmpty();
  }

  @Test
  void aPathThatIsCopiedInThePageTrains() throws Exception {
    Path sample = lab.storage().training();
    String[] words = {
      "sample", "--out", sample.toString(), "--frames", "4", "--heldout", "2", "--size", "64"
    };
    Running made = lab.lab().builtInTrainer(words);
    assertThat(made.exit()).as(made.transcript()).isZero();
    FilesPage page = lab.open(encoded(sample));
    String labels = copied(page, "train.pkg.slp");
    String config = copied(page, "single_instance.yaml");
    assertThat(labels).isEqualTo(sample.resolve("train.pkg.slp").toString());

    Path brief = Path.of(config);
    Files.writeString(
        brief, Files.readString(brief).replaceAll("max_epochs: *[0-9]+", "max_epochs: 1"));
    Running training =
        lab.lab()
            .client(
                "client-train",
                "--session_string",
                lab.session(),
                "--pkg_path",
                labels,
                "--config",
                config);

    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(lab.lab().desk().resolve("models")).isNotEmptyDirectory();
  }

  private static String copied(FilesPage page, String name) {
    page.copy(name);
    page.until(() -> chromium.clipboard().endsWith(name));
    return chromium.clipboard();
  }

  private static String folder(String below) {
    return encoded(lab.storage().lab().resolve(below));
  }
}
