package org.peerworks.itests.browser;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of {@code peerworks browse}, as its reader meets it. */
final class FilesPage {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WebDriver driver;

  FilesPage(WebDriver driver) {
    this.driver = driver;
  }

  /** What follows the address of the page to show a folder. */
  static String encoded(Path folder) {
    return "#" + folder.toUri().getRawPath().replaceAll("/$", "");
  }

  /** Waits, as the page is drawn anew at any time. */
  void until(Callable<Boolean> condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
        .until(condition);
  }

  void awaitRows(String... names) {
    until(() -> names().equals(List.of(names)));
  }

  void awaitRow(String name) {
    until(() -> names().contains(name));
  }

  void awaitStatus(String text) {
    until(() -> text("#status").contains(text));
  }

  List<String> names() {
    return texts(".files tbody .what > a, .files tbody .what > .label");
  }

  /** Name in the row that has the focus; empty if none has it. */
  String focused() {
    List<String> found = texts(".files tbody tr:focus .what > :first-child");
    return found.isEmpty() ? "" : found.get(0);
  }

  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void focusRow(String name) {
    until(() -> !focused().isEmpty());
    type(Keys.HOME);
    for (int i = 0; i < names().size() && !focused().equals(name); i++) {
      String before = focused();
      type(Keys.ARROW_DOWN);
      until(() -> !focused().equals(before));
    }
    until(() -> focused().equals(name));
  }

  void click(String css) {
    until(
        () -> {
          driver.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  /** Clicks where a row has its name. */
  void open(String name) {
    cell(name, ".what > a").click();
  }

  void copy(String name) {
    cell(name, ".copy").click();
  }

  String text(String css) {
    List<String> found = texts(css);
    return found.isEmpty() ? "" : found.get(0);
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String css) {
    return (List<String>)
        script(
            "return [...document.querySelectorAll(arguments[0])].map(e => {"
                + "const copy = e.cloneNode(true);"
                + "copy.querySelectorAll('.unseen').forEach(hidden => hidden.remove());"
                + "return copy.textContent.replace(/\\s+/g, ' ').trim(); })",
            css);
  }

  Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Whether nobody has to scroll from side to side. */
  boolean isAsWideAsItsWindow() {
    return (Boolean)
        script(
            "const root = document.documentElement; return root.scrollWidth === root.clientWidth");
  }

  String hash() {
    return (String) script("return location.hash");
  }

  private WebElement cell(String name, String css) {
    awaitRow(name);
    int index = names().indexOf(name);
    WebElement row = driver.findElements(By.cssSelector(".files tbody tr")).get(index);
    new Actions(driver).moveToElement(row).perform();
    return row.findElement(By.cssSelector(css));
  }
}
