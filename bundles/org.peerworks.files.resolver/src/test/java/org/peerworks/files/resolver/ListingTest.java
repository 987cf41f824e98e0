package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;

final class ListingTest {

  @TempDir Path top;

  private TestFiles files;

  @BeforeEach
  void start() throws IOException {
    files = new TestFiles(top);
  }

  @AfterEach
  void stop() {
    files.close();
  }

  private DirectoryListing list(Path path, long offset) {
    return TestFiles.get(files.resolver.list(path.toString(), offset, FileResolver.DEFAULT_PAGE));
  }

  private static List<String> names(DirectoryListing listing) {
    return listing.entries().stream().map(FileEntry::name).toList();
  }

  @Test
  void directoriesComeFirstThenNamesWithoutRegardToCase() throws IOException {
    TestFiles.file(files.lab.resolve("beta.slp"), "12345");
    TestFiles.file(files.lab.resolve("Alpha.slp"), "x");
    TestFiles.file(files.lab.resolve("Zoo/x"), "x");
    TestFiles.file(files.lab.resolve("ant/x"), "x");
    Files.createSymbolicLink(files.lab.resolve("link"), files.lab.resolve("ant"));
    Files.createSymbolicLink(files.lab.resolve("other"), files.archive);
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    DirectoryListing listing = list(files.lab, 0);
    assertThat(names(listing))
        .containsExactly("ant", "link", "Zoo", "Alpha.slp", "beta.slp", "other");
    assertThat(listing.entries())
        .extracting(FileEntry::directory)
        .containsExactly(true, true, true, false, false, true);
    assertThat(listing.entries().get(0).size()).isZero();
    assertThat(listing.entries().get(4).size()).isEqualTo(5);
    assertThat(listing.entries().get(4).modified())
        .isEqualTo(Files.getLastModifiedTime(files.lab.resolve("beta.slp")).toInstant());
    assertThat(listing.total()).isEqualTo(6);
    assertThat(listing.hidden()).as("leads out").isEqualTo(1);
    assertThat(listing.hasMore()).isFalse();
    assertThat(listing.path()).isEqualTo(files.lab.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {45, 3000})
  void pagesHoldTwentyAndTogetherAll(int count) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = (i % 2 == 0 ? "F" : "f") + "ile_%05d".formatted(i * 7919 % count);
      if (i % 500 == 3) {
        Files.createDirectory(files.lab.resolve(name));
      } else {
        Files.createFile(files.lab.resolve(name));
      }
      all.add(name);
    }
    all.sort(
        Comparator.comparing((String name) -> !Files.isDirectory(files.lab.resolve(name)))
            .thenComparing(String.CASE_INSENSITIVE_ORDER));
    List<String> told = new ArrayList<>();
    DirectoryListing page;
    do {
      page = list(files.lab, told.size());
      assertThat(page.total()).isEqualTo(count);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(20);
      told.addAll(names(page));
    } while (page.hasMore());
    assertThat(told).isEqualTo(all);
    files.close();
    files = new TestFiles(top);
    assertThat(names(list(files.lab, 40)))
        .as("a late page at first")
        .isEqualTo(all.subList(40, Math.min(count, 60)));
  }

  @Test
  void aDirectoryThatChangesWhileItIsPagedIsToldAsItWas() throws IOException {
    for (int i = 10; i < 70; i++) {
      Files.createFile(files.lab.resolve("f" + i));
    }
    assertThat(names(list(files.lab, 0))).first().isEqualTo("f10");
    Files.createFile(files.lab.resolve("a"));
    Files.delete(files.lab.resolve("f35"));
    assertThat(names(list(files.lab, 20))).hasSize(19).startsWith("f30").doesNotContain("f35");
    assertThat(names(list(files.lab, 0))).as("from the start again").first().isEqualTo("a");
  }

  @Test
  void anOffsetBeyondTheEndGivesAnEmptyPage() throws IOException {
    Files.createFile(files.lab.resolve("one"));
    DirectoryListing listing = list(files.lab, 1_000_000_000_000L);
    assertThat(listing.entries()).isEmpty();
    assertThat(listing.total()).isEqualTo(1);
    assertThat(listing.hasMore()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1,20", "0,0", "0,-5", "0,1001", "-9223372036854775808,20"})
  void pagesThatCannotBeAreRefused(long offset, int limit) {
    assertCode(files.resolver.list(files.lab.toString(), offset, limit), Code.INVALID_REQUEST);
  }

  private static void assertCode(java.util.concurrent.CompletionStage<?> stage, Code code) {
    assertThatThrownBy(() -> TestFiles.get(stage))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws IOException {
    Path file = TestFiles.file(files.lab.resolve("fly.slp"), "x");
    assertCode(files.resolver.list(file.toString(), 0, 20), Code.INVALID_REQUEST);
    assertCode(files.resolver.list(files.lab + "/gone", 0, 20), Code.PATH_NOT_FOUND);
    assertCode(files.resolver.list("/", 0, 20), Code.ACCESS_DENIED);
  }

  @Test
  void aDirectoryWithTooManyEntriesIsRefused() throws IOException {
    files.close();
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.entries = 5;
    files = new TestFiles(top, settings);
    for (int i = 0; i < 6; i++) {
      Files.createFile(files.lab.resolve("f" + i));
    }
    assertCode(files.resolver.list(files.lab.toString(), 0, 20), Code.LIMIT);
  }

  @Test
  void aMountThatVanishesIsSaidToBeGoneAndComesBack() throws IOException {
    Path aside = files.lab.resolveSibling("aside");
    Files.move(files.lab, aside);
    assertCode(files.resolver.list(files.lab.toString(), 0, 20), Code.UNAVAILABLE);
    assertThat(TestFiles.get(files.resolver.info()).mounts().get(0).problem()).isNotEmpty();
    assertThat(TestFiles.get(files.resolver.info()).mounts().get(1).available()).isTrue();
    Files.move(aside, files.lab);
    assertThat(list(files.lab, 0).entries()).isEmpty();
    assertThat(TestFiles.get(files.resolver.info()).mounts().get(0).available()).isTrue();
  }

  @Test
  void whoAsksTenThousandTimesGetsAnswersOrIsToldToWait() throws IOException {
    Files.createFile(files.lab.resolve("one"));
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      asked.add(files.resolver.list(files.lab.toString(), 0, 20).toCompletableFuture());
    }
    int answered = 0;
    for (CompletableFuture<?> future : asked) {
      try {
        TestFiles.get(future);
        answered++;
      } catch (FileAccessException e) {
        assertThat(e.code()).isEqualTo(Code.LIMIT);
      }
    }
    assertThat(answered).isPositive();
    assertThat(list(files.lab, 0).entries()).hasSize(1);
    assertThat(TestFiles.get(files.resolver.list(files.archive.toString(), 0, 20)).entries())
        .isEmpty();
  }
}
