package org.peerworks.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page whose worker, or whose program, goes away and comes back. */
class BrowseLossIT {

  @TempDir Path directory;

  private BrowseLab lab;

  @BeforeEach
  void startAll() throws Exception {
    lab = new BrowseLab(directory);
    lab.chromium().keepTime();
  }

  @AfterEach
  void closeAll() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aLostWorkerIsSeenSoughtAndShownAgain() throws Exception {
    FilesPage page = lab.open();
    page.awaitRow("fly.slp");

    lab.worker().signal("STOP");
    page.awaitStatus("Not answering");
    look("silent", page);
    Files.createDirectory(lab.storage().lab().resolve("added"));
    lab.worker().signal("CONT");
    page.awaitStatus("Connected");
    page.awaitRow("added");

    lab.worker().close();
    page.awaitStatus("Connection lost");
    look("lost", page);
    assertThat(page.names()).contains("added");
    Files.createDirectory(lab.storage().lab().resolve("later"));
    lab.startWorker();
    page.awaitStatus("Connected");
    page.awaitRow("later");

    int port = lab.address().getPort();
    lab.browse().signal("INT");
    assertThat(lab.browse().exit()).as(lab.browse().transcript()).isZero();
    page.awaitStatus("Disconnected");
    lab.startBrowse("--port", String.valueOf(port));
    assertThat(lab.address().getPort()).isEqualTo(port);
    page.awaitStatus("Page out of date");
    look("out-of-date", page);
    lab.open().awaitRow("later");
  }

  /** By the page's own clock: a busy machine may only be late with the page itself. */
  @Test
  void whatAnswersNoMoreIsSeenWithinTwoSeconds() throws Exception {
    FilesPage page = lab.open();
    page.awaitRow("fly.slp");
    page.script("clock.late = 0; clock.after = {}");

    lab.browse().signal("STOP");
    page.awaitStatus("Disconnected");
    double late = number(page.script("return clock.late"));
    assertThat(number(page.script("return clock.after.Disconnected")))
        .as("milliseconds from the last message to the mark, the page being late by %s", late)
        .isBetween(1.0, 2000 + late);
    lab.browse().signal("CONT");
    page.awaitStatus("Connected");
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** A picture for people, and a check for those who cannot see it: in both themes and widths. */
  private void look(String name, FilesPage page) throws IOException {
    Chromium chromium = lab.chromium();
    chromium.picture(name);
    assertThat(Axe.violations(chromium.driver())).as(name).isEmpty();
    chromium.resize(Chromium.NARROW);
    page.click(".tools button:nth-child(2)");
    chromium.picture(name + "-narrow-light");
    assertThat(Axe.violations(chromium.driver())).as(name + ", narrow and light").isEmpty();
    assertThat(page.isAsWideAsItsWindow()).as(name + ", narrow").isTrue();
    page.click(".tools button:nth-child(2)");
    chromium.resize(Chromium.DESKTOP);
  }
}
