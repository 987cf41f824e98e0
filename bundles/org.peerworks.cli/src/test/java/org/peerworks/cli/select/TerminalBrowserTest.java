package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.select.Key.Kind;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SourceState;

/** Looking around in a worker's files at a terminal. */
final class TerminalBrowserTest {

  private final ScriptedScreen screen = new ScriptedScreen();
  private final List<String> asked = new ArrayList<>();
  private SourceState state = SourceState.connected(Instant.parse("2026-11-03T14:05:00Z"));
  private SearchOutcome outcome =
      new SearchOutcome(
          List.of(new Candidate(entry("/vast/x/whale.slp", false), "lab", MatchType.EXACT, 100)),
          false,
          false,
          false,
          1,
          9,
          0,
          List.of());
  private CompletableFuture<SearchOutcome> found;

  private static FileEntry entry(String path, boolean directory) {
    return new FileEntry(
        path,
        path.substring(path.lastIndexOf('/') + 1),
        directory,
        7,
        Instant.parse("2026-11-03T14:05:00Z"));
  }

  /** Number {@code i} of many: the later, the newer and the smaller. */
  private static FileEntry numbered(int i) {
    FileEntry file = entry("/vast/many/f" + i + ".slp", false);
    return new FileEntry(
        file.path(), file.name(), false, 1000 - i, file.modified().plusSeconds(60L * i));
  }

  private static CompletionStage<?> list(String path, long offset, int limit) {
    if (path.equals("/slow")) {
      return CompletableFuture.failedFuture(
          new FileAccessException(
              FileAccessException.Code.UNAVAILABLE, "The mount 'slow' does not answer."));
    }
    int total = path.equals("/vast/many") ? 450 : 2;
    List<FileEntry> entries =
        path.equals("/vast/many")
            ? IntStream.range((int) offset, (int) Math.min(total, offset + limit))
                .mapToObj(TerminalBrowserTest::numbered)
                .toList()
            : List.of(entry("/vast/many", true), entry("/vast/fly.slp", false));
    return CompletableFuture.completedFuture(
        new DirectoryListing(path, entries, total, offset + limit < total, 1));
  }

  private Search search() {
    CompletableFuture<SearchOutcome> end =
        found == null ? CompletableFuture.completedFuture(outcome) : found;
    return new Search() {
      @Override
      public CompletionStage<SearchOutcome> outcome() {
        return end;
      }

      @Override
      public void close() {
        asked.add("cancel");
      }
    };
  }

  private final FileResolver files =
      (FileResolver)
          Proxy.newProxyInstance(
              FileResolver.class.getClassLoader(),
              new Class<?>[] {FileResolver.class},
              (proxy, method, arguments) -> {
                asked.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                return switch (method.getName()) {
                  case "info" ->
                      CompletableFuture.completedFuture(
                          new FilesInfo(
                              "gpu-1",
                              "/vast",
                              List.of(
                                  new MountStatus(new Mount("lab", "/vast"), ""),
                                  new MountStatus(new Mount("slow", "/slow"), "does not answer"))));
                  case "list" ->
                      list((String) arguments[0], (long) arguments[1], (int) arguments[2]);
                  case "resolve" -> search();
                  default -> throw new AssertionError(method);
                };
              });

  private final FileSource source =
      new FileSource() {
        @Override
        public String workerName() {
          return "gpu-1";
        }

        @Override
        public SourceState state() {
          return state;
        }

        @Override
        public FileResolver files() {
          return files;
        }

        @Override
        public Registration onChange(Runnable changed) {
          return () -> {};
        }
      };

  private List<String> browse() throws Exception {
    return new TerminalBrowser(() -> Optional.of(screen)).browse(source);
  }

  @Test
  void mountsAreOpenedAndPathsCopied() throws Exception {
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.DOWN, Kind.ENTER, Kind.NONE);
    assertThat(browse()).containsExactly("/vast/fly.slp");
    assertThat(screen.copied).containsExactly("/vast/fly.slp");
    assertThat(screen.pictures).anyMatch(picture -> picture.contains("does not answer"));
    assertThat(screen.last())
        .contains("gpu-1  /vast")
        .contains("  many/")
        .contains("> fly.slp")
        .contains("1 cannot be shown")
        .contains("copied /vast/fly.slp");
    assertThat(screen.closed).isTrue();
  }

  @Test
  void backLeadsToTheDirectoryThatOneCameFrom() throws Exception {
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ENTER, Kind.NONE, Kind.LEFT, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("gpu-1  /vast\n").contains("> many/");
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ERASE, Kind.LEFT, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("gpu-1  Mounts").contains("> lab/");
  }

  @Test
  void aLargeDirectoryComesPageByPage() throws Exception {
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ENTER, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("showing 200 of 450");
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ENTER, Kind.NONE);
    screen.press(Kind.END, Kind.NONE, Kind.END, Kind.NONE, Kind.END, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("> f449.slp").contains("450 of 450");
  }

  @Test
  void tabSearchesEverywhere() throws Exception {
    screen.press(Kind.NONE, Kind.TAB).type("whale").press(Kind.TAB, Kind.NONE, Kind.ENTER);
    assertThat(browse()).containsExactly("/vast/x/whale.slp");
    assertThat(screen.last()).contains("Found for 'whale'").contains("/vast/x");
  }

  @Test
  void aMountThatDoesNotAnswerIsSaidToDoSo() throws Exception {
    screen.press(Kind.NONE, Kind.DOWN, Kind.ENTER, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("The mount 'slow' does not answer.");
  }

  @Test
  void aLostConnectionIsShownAndTheSameIsLookedAtAnewWhenItIsBack() throws Exception {
    SourceState before = state;
    screen.before.add(() -> {});
    screen.before.add(
        () -> state = SourceState.lost(Instant.parse("2026-11-03T15:00:00Z"), "It was cut off."));
    screen.before.add(() -> assertThat(screen.last()).contains("connection lost since"));
    screen.before.add(
        () -> {
          assertThat(screen.last()).contains("It was cut off.").contains("> lab/");
          assertThat(asked).containsExactly("info");
          state = before;
        });
    screen.press(Kind.NONE, Kind.NONE, Kind.ENTER, Kind.NONE, Kind.NONE);
    browse();
    assertThat(asked).containsExactly("info", "info", "list /vast");
    assertThat(screen.last()).contains("connected since").contains(", seen at ");
  }

  @Test
  void aSearchThatDidNotSeeAllSaysSo() throws Exception {
    outcome = new SearchOutcome(List.of(), false, true, false, 1, 9, 0, List.of("slow"));
    screen.press(Kind.NONE).type("whale").press(Kind.TAB, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("nothing was found; no answer from slow; the time was up");
  }

  @Test
  void aSearchThatIsLeftIsCancelled() throws Exception {
    found = new CompletableFuture<>();
    screen
        .press(Kind.NONE)
        .type("whale")
        .press(Kind.TAB, Kind.NONE, Kind.LEFT, Kind.NONE)
        .type("x");
    browse();
    assertThat(screen.last()).contains("Mounts");
    assertThat(asked).hasSize(3).endsWith("cancel");
  }

  @Test
  void controlSSortsByDateAndBySize() throws Exception {
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ENTER, Kind.NONE, Kind.SORT);
    screen.press(Kind.NONE, Kind.NONE, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("> f449.slp").contains("newest first").contains("1 of 450");
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.ENTER, Kind.NONE, Kind.SORT, Kind.SORT);
    screen.press(Kind.NONE, Kind.NONE, Kind.NONE, Kind.NONE);
    browse();
    assertThat(screen.last()).contains("> f0.slp").contains("largest first");
    screen.press(Kind.NONE, Kind.ENTER, Kind.NONE, Kind.SORT, Kind.NONE);
    browse();
    assertThat(screen.last()).as("folders first").contains("> many/");
  }

  @Test
  void allOfTheHintIsSeenOnANarrowTerminal() throws Exception {
    browse();
    assertThat(screen.last()).endsWith("Esc");
  }

  @Test
  void withoutCursorKeysThereIsNothingToSee() {
    assertThatThrownBy(() -> new TerminalBrowser(Optional::empty).browse(source))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--terminal");
  }
}
