package org.peerworks.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong time = new AtomicLong();

  @Test
  void aStatusLineIsRedrawnAtMostTenTimesASecond() {
    StatusLine status = new StatusLine(out, true, 80, time::get);
    for (int i = 0; i < 1000; i++) {
      status.show("line " + i);
      time.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    }

    assertThat(text().split("\r", -1)).hasSizeBetween(10, 12);
  }

  @Test
  void whatARedrawHeldBackIsShownALittleLater() {
    Console console = new Console(out, out, System.in, false, true, true, line());
    console.status("50 %");
    console.say("a log line");
    console.status("51 %");

    await().untilAsserted(() -> assertThat(text()).endsWith("51 %"));
  }

  @Test
  void aStatusLineFitsTheTerminalWithTheEchoOfCtrlC() {
    new StatusLine(out, true, 10, time::get).show("a line that is too long");

    assertThat(text()).isEqualTo("\r\u001b[Ka line ");
  }

  @Test
  void elsewhereStatusIsAPlainLineNowAndThenAndAtTheEnd() {
    StatusLine status = new StatusLine(out, false, 10, time::get);
    status.show("first");
    status.show("second");
    time.addAndGet(TimeUnit.SECONDS.toNanos(6));
    status.show("third");
    status.show("last");
    status.end();
    status.end();

    assertThat(text()).isEqualTo(String.format("first%nthird%nlast%n"));
  }

  @Test
  void aQuietConsoleLeavesOutLogsAndNothingElse() {
    Console console = new Console(out, out, System.in, false, false, false, line()).quiet();
    console.log("Epoch 1");
    console.say("done");

    assertThat(text()).isEqualTo(String.format("done%n"));
  }

  @Test
  void linesScrollAboveTheStatusLine() {
    Console console = new Console(out, out, System.in, false, true, true, line());
    console.status("50 %");
    console.say("a log line");
    console.endStatus();

    assertThat(text())
        .isEqualTo(String.format("\r\u001b[K50 %%\r\u001b[Ka log line%n\r\u001b[K50 %%\r\u001b[K"));
  }

  @Test
  void textOfOthersIsHarmless() {
    assertThat(PlainText.of("a\u001b[31mred\u001b[0m\u0007\tb\u202e")).isEqualTo("ared\tb");
    assertThat(PlainText.of("Grüße, 模型 ✓")).isEqualTo("Grüße, 模型 ✓");
    assertThat(PlainText.of("\u001b]8;;http://x\u001b\\link\u009b2J")).isEqualTo("link2J");
  }

  @Test
  void amountsAreReadable() {
    assertThat(Units.bytes(0)).isEqualTo("0 bytes");
    assertThat(Units.bytes(999_949)).isEqualTo("999.9 kB");
    assertThat(Units.bytes(999_960)).isEqualTo("1.0 MB");
    assertThat(Units.bytes(12_345_678)).isEqualTo("12.3 MB");
    assertThat(Units.time(59.4)).isEqualTo("59 s");
    assertThat(Units.time(200)).isEqualTo("3 min 20 s");
    assertThat(Units.time(7500)).isEqualTo("2 h 5 min");
    assertThat(Units.bar(1, 2)).isEqualTo("[##########..........]");
    assertThat(Units.bar(5, 2)).isEqualTo("[####################]");
    assertThat(Units.percent(0, 0)).isEqualTo(100);
  }

  private StatusLine line() {
    return new StatusLine(out, true, 80, time::get);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
