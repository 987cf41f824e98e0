package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

final class SearchTest {

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

  private SearchOutcome search(String pattern) {
    return search(SearchRequest.of(pattern));
  }

  private SearchOutcome search(SearchRequest request) {
    return TestFiles.get(files.resolver.resolve(request, SearchListener.NONE).outcome());
  }

  private static List<String> names(SearchOutcome outcome) {
    return outcome.candidates().stream().map(candidate -> candidate.file().name()).toList();
  }

  private double score(double points, Path path) {
    return points - 0.1 * path.toString().chars().filter(c -> c == '/').count();
  }

  @Test
  void exactComesBeforePartsAndSlips() throws IOException {
    Path exact = TestFiles.file(files.lab.resolve("a/FLY.slp"), "x");
    Path part = TestFiles.file(files.lab.resolve("a/butterfly.slp"), "x");
    Path slip = TestFiles.file(files.archive.resolve("fyl.slp"), "x");
    TestFiles.file(files.archive.resolve("bee.mp4"), "x");
    SearchOutcome outcome = search("/home/me/data/fly.slp");
    assertThat(names(outcome)).containsExactly("FLY.slp", "butterfly.slp", "fyl.slp");
    assertThat(outcome.candidates())
        .extracting(Candidate::matchType)
        .containsExactly(MatchType.EXACT, MatchType.SUBSTRING, MatchType.FUZZY);
    assertThat(outcome.candidates().get(0).score()).isEqualTo(score(100, exact));
    assertThat(outcome.candidates().get(1).score()).isEqualTo(score(25, part));
    assertThat(outcome.candidates().get(2).score()).isLessThan(25).isLessThan(score(20, slip));
    assertThat(outcome.candidates().get(2).mount()).isEqualTo("archive");
    assertThat(outcome.candidates().get(0).file().path()).isEqualTo(exact.toString());
    assertThat(outcome.timeout()).isFalse();
    assertThat(outcome.truncated()).isFalse();
    assertThat(outcome.deeper()).isFalse();
    assertThat(outcome.seen()).isEqualTo(5);
  }

  @Test
  void aSearchIsOverOnlyWhenAllMountsAreSeen() throws IOException {
    TestFiles.file(files.archive.resolve("deep/er/fly.slp"), "x");
    // The first mount is empty and done at once, maybe before the second one has begun.
    for (int i = 0; i < 500; i++) {
      assertThat(search("fly.slp").candidates()).hasSize(1);
    }
  }

  @Test
  void wildcardsAndSizesCount() throws IOException {
    Path same = TestFiles.file(files.lab.resolve("fly_1.slp"), "1234567890");
    Path near = TestFiles.file(files.lab.resolve("fly_2.slp"), "12345678901");
    Path far = TestFiles.file(files.lab.resolve("fly_3.slp"), "1");
    SearchOutcome outcome =
        search(
            new SearchRequest(
                "fly_*.slp", OptionalLong.of(10), OptionalInt.empty(), Optional.empty()));
    assertThat(outcome.candidates())
        .extracting(Candidate::score)
        .containsExactly(score(70, same), score(60, near), score(50, far));
    assertThat(outcome.candidates())
        .extracting(Candidate::matchType)
        .containsOnly(MatchType.WILDCARD);
  }

  @Test
  void aSizeNeverLiftsASlipAboveAPart() throws IOException {
    TestFiles.file(files.lab.resolve("labelz.slp"), "1234567890");
    TestFiles.file(files.lab.resolve("my_labels.slp"), "1");
    SearchOutcome outcome =
        search(
            new SearchRequest(
                "labels.slp", OptionalLong.of(10), OptionalInt.empty(), Optional.empty()));
    assertThat(names(outcome)).containsExactly("my_labels.slp", "labelz.slp");
    assertThat(outcome.candidates().get(1).score()).isLessThan(25);
  }

  @Test
  void aNameWithoutAnEndingIsComparedWithoutOne() throws IOException {
    TestFiles.file(files.lab.resolve("courtship.slp"), "x");
    assertThat(names(search("courtshp"))).containsExactly("courtship.slp");
  }

  @Test
  void equalOnesAreOrderedByPathAndTwentyAreTold() throws IOException {
    for (int i = 0; i < 25; i++) {
      TestFiles.file(files.lab.resolve("d%02d/same.slp".formatted(24 - i)), "x");
    }
    SearchOutcome outcome = search("same.slp");
    assertThat(outcome.candidates()).hasSize(20);
    assertThat(outcome.truncated()).isTrue();
    assertThat(outcome.candidates())
        .extracting(candidate -> candidate.file().path())
        .isSorted()
        .first()
        .isEqualTo(files.lab + "/d00/same.slp");
    for (int i = 20; i < 25; i++) {
      Files.delete(files.lab.resolve("d%02d/same.slp".formatted(i)));
    }
    assertThat(search("same.slp").truncated()).as("exactly twenty").isFalse();
  }

  @Test
  void directoriesBeyondTheDepthAreNotLookedIntoAndThatIsSaid() throws IOException {
    TestFiles.file(files.lab.resolve("1/2/3/4/5/deep.slp"), "x");
    TestFiles.file(files.lab.resolve("1/2/3/4/5/6/deep.slp"), "x");
    SearchOutcome outcome = search("deep.slp");
    assertThat(outcome.candidates()).hasSize(1);
    assertThat(outcome.deeper()).isTrue();
    SearchRequest shallow =
        new SearchRequest("deep.slp", OptionalLong.empty(), OptionalInt.of(4), Optional.of("lab"));
    assertThat(search(shallow).candidates()).isEmpty();
    assertThat(search(shallow).deeper()).isTrue();
    SearchRequest more =
        new SearchRequest("deep.slp", OptionalLong.empty(), OptionalInt.of(60), Optional.of("lab"));
    assertThat(search(more).candidates()).as("the worker's own limit counts").hasSize(1);
  }

  @Test
  void oneMountCanBeChosen() throws IOException {
    TestFiles.file(files.lab.resolve("fly.slp"), "x");
    TestFiles.file(files.archive.resolve("fly.slp"), "x");
    SearchRequest request =
        new SearchRequest(
            "fly.slp", OptionalLong.empty(), OptionalInt.empty(), Optional.of("archive"));
    assertThat(search(request).candidates())
        .extracting(Candidate::mount)
        .containsExactly("archive");
    SearchRequest unknown =
        new SearchRequest(
            "fly.slp", OptionalLong.empty(), OptionalInt.empty(), Optional.of("nowhere"));
    assertRefused(unknown, Code.MOUNT_NOT_FOUND);
  }

  private void assertRefused(SearchRequest request, Code code) {
    assertThatThrownBy(() -> search(request))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.*", "??????", "a*b", "[abc][def][ghi]", "*.s", "/long/path/*a?"})
  void aPatternThatFitsTooMuchIsRefused(String pattern) {
    assertRefused(SearchRequest.of(pattern), Code.PATTERN_TOO_BROAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "/a/b/", "a\nb", "\u0000"})
  void aPatternThatIsNoNameIsRefused(String pattern) {
    assertRefused(SearchRequest.of(pattern), Code.INVALID_REQUEST);
  }

  @Test
  void extremePatternsAreHarmless() throws IOException {
    TestFiles.file(files.lab.resolve("a".repeat(255)), "x");
    assertRefused(SearchRequest.of("x".repeat(10_000)), Code.INVALID_REQUEST);
    assertThat(search("a*".repeat(2000)).candidates()).isEmpty();
    assertThat(search("a*".repeat(100)).candidates()).hasSize(1);
    assertThat(search("*".repeat(3000) + "aaa").candidates()).hasSize(1);
    assertThat(search("q".repeat(4000)).candidates()).isEmpty();
  }

  @Test
  void twoLettersFitOnlyThemselves() throws IOException {
    TestFiles.file(files.lab.resolve("ab"), "x");
    TestFiles.file(files.lab.resolve("abc"), "x");
    assertThat(names(search("ab"))).containsExactly("ab");
  }

  @Test
  void aPathOfWindowsGivesItsName() throws IOException {
    TestFiles.file(files.lab.resolve("fly.slp"), "x");
    assertThat(names(search("C:\\Users\\me\\fly.slp"))).containsExactly("fly.slp");
    assertThat(names(search("\\\\server\\share\\fly.slp"))).containsExactly("fly.slp");
  }

  @Test
  void linksAreNotWalkedAndThoseThatLeadOutAreNotFound() throws IOException {
    Path real = TestFiles.file(files.archive.resolve("real.slp"), "x");
    Files.createSymbolicLink(files.lab.resolve("loop"), files.lab);
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    Files.createSymbolicLink(files.lab.resolve("key.slp"), files.secret.resolve("key.slp"));
    Files.createSymbolicLink(files.lab.resolve("linked.slp"), real);
    Files.createSymbolicLink(files.lab.resolve("gone.slp"), files.lab.resolve("nothing"));
    assertThat(search("key.slp").candidates()).isEmpty();
    assertThat(search("gone.slp").candidates()).isEmpty();
    SearchOutcome linked = search("linked.slp");
    assertThat(linked.candidates()).hasSize(1);
    assertThat(linked.candidates().get(0).file().path()).isEqualTo(files.lab + "/linked.slp");
    assertThat(linked.candidates().get(0).file().size()).isEqualTo(1);
  }

  @Test
  void namesThatCannotBeShownAreCountedNotTold() throws Exception {
    TestFiles.file(files.lab.resolve("fly\nslp"), "x");
    assertThat(
            new ProcessBuilder(
                    "python3",
                    "-c",
                    "import sys,os; open(os.fsencode(sys.argv[1])+b'/fly\\xff\\xfe','w').close()",
                    files.lab.toString())
                .start()
                .waitFor())
        .isZero();
    SearchOutcome outcome = search("fly");
    assertThat(outcome.candidates()).isEmpty();
    assertThat(outcome.skipped()).isEqualTo(2);
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).hidden())
        .isEqualTo(2);
  }

  @Test
  void aSearchAnswersBeforeItHasSeenAllAndCanBeCancelled() throws IOException {
    TestFiles.file(files.lab.resolve("fly.slp"), "x");
    try (Hanging hanging = Hanging.mount(top.resolve("fuse"))) {
      files.close();
      TestFiles.Settings settings = new TestFiles.Settings();
      settings.more.add("slow=" + hanging.path());
      settings.searchSeconds = 600;
      files = new TestFiles(top, settings);
      List<Candidate> told = new CopyOnWriteArrayList<>();
      Search search = files.resolver.resolve(SearchRequest.of("fly.slp"), told::addAll);
      org.awaitility.Awaitility.await().until(() -> !told.isEmpty());
      assertThat(search.outcome().toCompletableFuture()).isNotDone();
      search.close();
      SearchOutcome outcome = TestFiles.get(search.outcome());
      assertThat(outcome.candidates()).hasSize(1);
      assertThat(outcome.timeout()).isTrue();
    }
  }
}
