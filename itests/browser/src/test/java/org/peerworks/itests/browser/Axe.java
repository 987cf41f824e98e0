package org.peerworks.itests.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** Deque's check of accessibility, with all of its rules. */
final class Axe {

  private static final String PROGRAM = "/axe.min.js";

  private Axe() {}

  /** What is wrong with the page as it is now: rule, why, and where. */
  @SuppressWarnings("unchecked")
  static List<String> violations(ChromeDriver driver) {
    driver.executeScript(program());
    return (List<String>)
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then(
              result => done(result.violations.map(v =>
                v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))),
              error => done([String(error)]));
            """);
  }

  private static String program() {
    try (InputStream in = Axe.class.getResourceAsStream(PROGRAM)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
