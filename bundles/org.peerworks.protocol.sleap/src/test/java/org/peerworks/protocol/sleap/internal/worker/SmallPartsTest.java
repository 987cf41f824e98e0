package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;

final class SmallPartsTest {

  static List<String> cut(byte[] log, int pieces) {
    List<String> cut = new ArrayList<>();
    LogCutter cutter = new LogCutter();
    LogCutter.Target target = (line, redraw) -> cut.add((redraw ? "~" : "") + line);
    int size = Math.max(1, log.length / pieces);
    for (int from = 0; from < log.length; from += size) {
      cutter.add(ByteBuffer.wrap(log, from, Math.min(size, log.length - from)), target);
    }
    cutter.end(target);
    return cut;
  }

  @Test
  void aLogIsCutIntoLinesAndRedraws() {
    assertThat(cut("a\nb\r\n\r1\r2\n\nend".getBytes(StandardCharsets.UTF_8), 1))
        .containsExactly("a", "b", "~1", "2", "", "end");
    assertThat(cut("x\r".getBytes(StandardCharsets.UTF_8), 1)).containsExactly("~x");
    assertThat(cut(new byte[0], 1)).isEmpty();
  }

  @Test
  void aLineWithoutAnEndIsCut() {
    assertThat(cut("a".repeat(10_000).getBytes(StandardCharsets.UTF_8), 3))
        .hasSize(3)
        .allMatch(line -> line.length() <= LogCutter.LONGEST);
  }

  @Test
  void redrawsAreHeldBackAndTheLastOneIsNotLost() {
    AtomicLong now = new AtomicLong();
    List<String> passed = new ArrayList<>();
    Thinner thinner = new Thinner((line, redraw) -> passed.add(line), 2, now::get);

    thinner.line("1", true);
    thinner.line("2", true);
    now.set(600_000_000);
    thinner.line("3", true);
    thinner.line("4", true);
    thinner.line("line", false);
    thinner.line("5", true);
    thinner.flush();

    assertThat(passed).containsExactly("1", "3", "4", "line", "5");
  }

  @Test
  void theStatusOfAProgramIsFoundInAReason() {
    assertThat(ExitStatus.of("Training of 'x' failed with exit status 137: y")).isEqualTo(137);
    assertThat(ExitStatus.of("It was ended by signal 9.")).isEqualTo(-9);
    assertThat(ExitStatus.of("Out of time.")).isEqualTo(1);
    assertThat(ExitStatus.of("exit status 0")).isEqualTo(1);
    assertThat(ExitStatus.of("exit status 99999999999")).isEqualTo(1);
  }

  @Test
  void onlyTheLineOfATrainingNamesAModel() {
    assertThat(ModelLine.parse("Training model 2/3: a b")).contains(new ModelLine(2, 3, "a b"));
    assertThat(ModelLine.parse("Training model 2/3:")).isEmpty();
    assertThat(ModelLine.parse(" Training model 2/3: x")).isEmpty();
    assertThat(ModelLine.parse("Training model 99999/3: x")).isEmpty();
  }

  @Test
  void onlyReportsOfTrainersArePassedOn() {
    assertThat(Reports.isOfTrainer("{\"what\":\"centroid\",\"event\":\"epoch_end\"}")).isTrue();
    assertThat(Reports.isOfTrainer("{\"what\":\"peerworks\",\"event\":\"model_end\"}")).isFalse();
    assertThat(Reports.isOfTrainer("x::y")).isFalse();
  }

  @Test
  void theCacheForgetsItsOldestAndSurvivesADamagedFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("sub/cache");
    HashCache cache = new HashCache(file, 2);
    for (String name : List.of("a", "b", "c")) {
      cache.add(name.repeat(64), Files.writeString(directory.resolve(name), name).toString());
    }

    assertThat(cache.find("a".repeat(64))).isEmpty();
    assertThat(new HashCache(file, 2).find("c".repeat(64)))
        .contains(directory.resolve("c").toString());
    Files.writeString(file, "{\"sha256\":");
    HashCache damaged = new HashCache(file, 2);
    assertThat(damaged.find("c".repeat(64))).isEmpty();
    damaged.add("c".repeat(64), directory.resolve("c").toString());
    assertThat(new HashCache(file, 2).find("c".repeat(64))).isPresent();
  }

  @Test
  void whatAnEarlierProcessLeftIsDeletedOnceSomethingIsTakenIn(@TempDir Path directory)
      throws IOException {
    Path left = Files.createDirectories(directory.resolve("incoming/x"));
    Files.writeString(left.resolve("half.zip"), "x");

    Staging staging = new Staging(directory.resolve("incoming"));
    assertThat(left).exists();
    Path first = staging.directory();
    Path second = staging.directory();

    assertThat(left).doesNotExist();
    assertThat(first).exists().isNotEqualTo(second);
  }

  @Test
  void aTurnBeginsWhereTheLineIsOnceItIsReported() {
    ModelTurns turns = new ModelTurns();
    assertThat(turns.passed("Training model 2/2: early")).isEmpty();
    assertThat(turns.passed("Training model 1/2: a")).contains(new ModelTurns.Turn(1, 2, "a"));
    assertThat(turns.reported(report("model_begin", 1, "a"))).isEmpty();
    assertThat(turns.reported(report("model_begin", 2, "b"))).isEmpty();
    assertThat(turns.passed("Epoch 1")).isEmpty();
    assertThat(turns.passed("Training model 2/2: b")).contains(new ModelTurns.Turn(2, 2, "b"));
  }

  @Test
  void aLineThatATrainerPrintsBeginsNothing() {
    ModelTurns turns = new ModelTurns();
    turns.passed("Training model 1/2: a");
    assertThat(turns.passed("Training model 2/2: forged")).isEmpty();
    assertThat(turns.passed("Inference with the trained models")).isEmpty();
    assertThat(turns.inferring()).isFalse();
    assertThat(turns.reported(report("model_end", 2, "b")))
        .contains(new ModelTurns.Turn(2, 2, "b"));
    assertThat(turns.passed("Training model 2/2: b")).isEmpty();
    assertThat(turns.reported(new JsonFields("r", Json.readObject("{\"event\":\"model_end\"}"))))
        .isEmpty();
  }

  private static JsonFields report(String event, int index, String config) {
    return new JsonFields(
        "report",
        Json.readObject(
            "{\"event\":\"%s\",\"index\":%d,\"count\":2,\"config\":\"%s\"}"
                .formatted(event, index, config)));
  }

  @Test
  void theRateOfFramesSaysHowLongTheOthersTake() {
    AtomicLong now = new AtomicLong();
    FrameRate rate = new FrameRate(now::get);
    rate.reached(0);
    assertThat(rate.secondsFor(10)).isZero();
    now.set(4_000_000_000L);
    rate.reached(8);
    assertThat(rate.perSecond()).isEqualTo(2.0);
    assertThat(rate.secondsFor(11)).isEqualTo(5.5);
  }
}
