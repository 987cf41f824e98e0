package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/** A mount whose file system does not answer any more, beside two that do. */
final class HangingMountTest {

  @TempDir Path top;

  private Hanging hanging;
  private TestFiles files;

  @BeforeEach
  void start() throws IOException {
    hanging = Hanging.mount(top.resolve("fuse"));
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("slow=" + hanging.path());
    settings.answerSeconds = 1;
    settings.searchSeconds = 3;
    files = new TestFiles(top, settings);
    TestFiles.file(files.lab.resolve("fly.slp"), "x");
  }

  @AfterEach
  void stop() throws IOException {
    if (hanging != null) {
      hanging.close();
    }
    if (files != null) {
      files.close();
    }
  }

  private static void assertCode(CompletableFuture<?> future, Code code) {
    assertThatThrownBy(() -> TestFiles.get(future))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theOthersAnswerAndItIsReported() {
    List<CompletableFuture<?>> stuck = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stuck.add(files.resolver.list(hanging.path().toString(), 0, 20).toCompletableFuture());
    }
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).entries())
        .hasSize(1);
    assertThat(stuck).as("nobody waited for the hanging one").noneMatch(CompletableFuture::isDone);
    stuck.forEach(future -> assertCode(future, Code.UNAVAILABLE));
    FilesInfo info = TestFiles.get(files.resolver.info());
    assertThat(info.mounts()).extracting(MountStatus::available).containsExactly(true, true, false);
    assertThat(info.mounts().get(2).problem()).contains("not answer");
    assertThat(threads()).as("threads that it keeps").isLessThanOrEqualTo(4);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("files-(ask|search) slow.*"))
        .count();
  }

  @Test
  void aSearchFindsWhatTheOthersHaveAndNamesIt() {
    SearchOutcome outcome =
        TestFiles.get(
            files.resolver.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE).outcome());
    assertThat(outcome.candidates()).hasSize(1);
    assertThat(outcome.unavailable()).containsExactly("slow");
    assertThat(outcome.timeout()).isTrue();
  }

  @Test
  void aPathThatLeadsThereThroughALinkHarmsNobodyElse() throws IOException {
    java.nio.file.Files.createSymbolicLink(files.lab.resolve("link"), hanging.path());
    for (int i = 0; i < 10; i++) {
      assertCode(
          files.resolver.look(files.lab + "/link/x").toCompletableFuture(), Code.UNAVAILABLE);
    }
    assertThat(TestFiles.get(files.resolver.look(files.lab + "/fly.slp")).size()).isEqualTo(1);
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).entries())
        .extracting("name")
        .containsExactly("fly.slp");
  }

  @Test
  void whoeverWaitsIsToldWhenTheResolverStops() {
    files.close();
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("slow=" + hanging.path());
    settings.answerSeconds = 2;
    try {
      files = new TestFiles(top, settings);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(files.resolver.look(hanging.path() + "/x").toCompletableFuture());
    }
    var search = files.resolver.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE).outcome();
    files.close();
    waiting.forEach(future -> assertCode(future, Code.UNAVAILABLE));
    assertCode(search.toCompletableFuture(), Code.UNAVAILABLE);
  }

  @Test
  void itIsUsedAgainAsSoonAsItAnswers() throws IOException {
    assertCode(
        files.resolver.look(hanging.path().toString()).toCompletableFuture(), Code.UNAVAILABLE);
    hanging.close();
    await()
        .untilAsserted(
            () ->
                assertThat(TestFiles.get(files.resolver.look(hanging.path().toString())))
                    .isNotNull());
  }
}
