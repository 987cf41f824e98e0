package org.peerworks.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.files.FileNames;

final class JobTextTest {

  @Test
  void linesAreWholeHoweverTheirBytesArrive() {
    byte[] log = "Grüße ✓\r\nzwei\n\nEnde".getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= log.length; size++) {
      List<String> lines = new ArrayList<>();
      LogText text = new LogText(lines::add);
      for (int at = 0; at < log.length; at += size) {
        text.accept(ByteBuffer.wrap(log, at, Math.min(size, log.length - at)));
      }
      text.end();
      assertThat(lines).as("by %d", size).containsExactly("Grüße ✓", "zwei", "", "Ende");
    }
  }

  @Test
  void ofAProgressBarTheLastTextCounts() {
    assertThat(lines("0 %\r50 %\r100 %\nnext\n")).containsExactly("100 %", "next");
  }

  @Test
  void aLineWithoutEndIsCut() {
    assertThat(lines("x".repeat(LogText.MAX_LINE + 5)))
        .containsExactly("x".repeat(LogText.MAX_LINE), "xxxxx");
  }

  @Test
  void brokenTextIsShownAsSuch() {
    List<String> lines = new ArrayList<>();
    LogText text = new LogText(lines::add);
    text.accept(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2}));
    text.end();
    assertThat(lines).containsExactly("a\ufffdb\ufffd");
  }

  @Test
  void timeLeftFollowsFromTheTimeSoFar() {
    AtomicLong time = new AtomicLong();
    WorkProgress work =
        new WorkProgress((done, total) -> " " + Units.bar(done, total), t -> t[0], time::get);
    work.line(new Progress(0, 50, "epoch", ""));
    time.addAndGet(TimeUnit.SECONDS.toNanos(30));

    assertThat(work.line(new Progress(10, 50, "epoch", "loss 0.1")))
        .isEqualTo("Epoch 10/50 [####................] 20 %  loss 0.1  2 min 0 s left");
    assertThat(work.line(new Progress(11, 50, "epoch", "about 9 s left")))
        .endsWith("22 %  about 9 s left");
    assertThat(work.line(new Progress(1, 20, "frame", "")))
        .isEqualTo("Frame 1/20 [#...................] 5 %");
    assertThat(work.line(new Progress(7, 0, "", ""))).isEqualTo("7");
    assertThat(
            new WorkProgress((done, total) -> "", t -> t[0], time::get)
                .line(new Progress(1, 20, "frame", "")))
        .isEqualTo("Frame 1/20 5 %");
  }

  @Test
  void theLessRoomThereIsTheLessStandsBeforeLossAndTimeLeft() {
    Progress progress =
        new Progress(
            54,
            60,
            "epoch",
            "epoch 4/10, loss 0.0012, val 0.0013, about 1 min 20 s left, model 2/2 'one'");

    assertThat(line(progress, 140))
        .startsWith("Epoch 54/60 [##################..] 90 %  epoch 4/10, loss 0.0012")
        .endsWith("model 2/2 'one'");
    assertThat(line(progress, 100)).startsWith("Epoch 54/60 90 %  epoch 4/10").endsWith("'one'");
    assertThat(line(progress, 60)).startsWith("epoch 4/10, loss 0.0012").endsWith("'one'");
  }

  private static String line(Progress progress, int width) {
    Console console =
        Console.on(System.out, System.err, InputStream.nullInputStream(), false, true, width);
    return new WorkProgress(console::bar, console::fitting, System::nanoTime).line(progress);
  }

  @Test
  void inputNamesArePlainAndDifferent() {
    InputNames names = new InputNames();

    assertThat(names.take(Path.of("labels(1).zip"))).isEqualTo("labels_1_.zip");
    assertThat(names.take(Path.of("x/Labels(1).zip"))).isEqualTo("Labels_1__2.zip");
    assertThat(names.take(Path.of("-rf"))).isEqualTo("rf");
    assertThat(names.take(Path.of("..."))).isEqualTo("unnamed");
    for (String name : List.of(" a ", "模型.slp", "a".repeat(300) + ".slp", ".hidden", "a:b\\c")) {
      String plain = InputNames.plain(name);
      assertThat(FileNames.requirePlain(plain)).isEqualTo(plain);
    }
    assertThat(InputNames.plain("a".repeat(300) + ".slp")).endsWith(".slp");
  }

  @Test
  void aFolderThatIsThereIsNeverTaken(@TempDir Path directory) throws IOException {
    assertThat(FreeNames.claimFolder(directory, "m").getFileName()).hasToString("m");
    assertThat(FreeNames.claimFolder(directory, "m").getFileName()).hasToString("m_2");
    assertThat(FreeNames.claimFolder(directory, "m").getFileName()).hasToString("m_3");
  }

  private static List<String> lines(String log) {
    List<String> lines = new ArrayList<>();
    LogText text = new LogText(lines::add);
    text.accept(ByteBuffer.wrap(log.getBytes(StandardCharsets.UTF_8)));
    text.end();
    return lines;
  }
}
