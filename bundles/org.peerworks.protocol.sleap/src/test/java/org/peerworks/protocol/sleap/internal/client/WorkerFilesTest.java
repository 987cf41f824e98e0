package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerworks.protocol.sleap.internal.client.Lab.join;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;

/** A Python worker of the third generation is asked for its files. */
class WorkerFilesTest {

  private static final String INFO =
      "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/vast\",\"mounts\":[{\"path\":\"/vast\",\"label\":\"data\"}]}";

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void open() {
    lab = new Lab(directory, patient(Duration.ofSeconds(60)));
  }

  private ClientSettings patient(Duration answer) {
    ClientSettings quick = Lab.quick(directory);
    return new ClientSettings(
        quick.directory(),
        Duration.ofSeconds(60),
        answer,
        quick.stall(),
        quick.silence(),
        quick.keepAlive(),
        quick.afterwards(),
        quick.mostLogBytes(),
        quick.window(),
        quick.freeBytes());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** What the worker says to a question; {@code null} for nothing. */
  private interface Answers {
    String to(String question);
  }

  private FileResolver files(Answers answers) {
    lab.python.on(
        (python, text) -> {
          String answer = text.equals("FS_GET_INFO") ? INFO : answers.to(text);
          if (answer != null) {
            python.say(answer.split("\n"));
          }
        });
    return lab.connect("g3").files().orElseThrow();
  }

  private static Code code(CompletionStage<?> refused) {
    try {
      join(refused);
    } catch (FileAccessException e) {
      assertThat(e.getMessage()).isNotBlank();
      return e.code();
    }
    throw new AssertionError("It was not refused.");
  }

  /** 45 files, in pages of 20, as Python has them. */
  private static String page(String question) {
    int offset = Integer.parseInt(question.substring(question.lastIndexOf(':') + 1));
    return "FS_LIST_RESPONSE::{\"path\":\"/vast/d\",\"entries\":["
        + IntStream.range(offset, Math.min(45, offset + 20))
            .mapToObj(
                i ->
                    "{\"name\":\"%02d.slp\",\"type\":\"file\",\"size\":%d,\"modified\":1.5}"
                        .formatted(i, i))
            .collect(Collectors.joining(","))
        + "],\"total_count\":45,\"has_more\":%b}".formatted(offset + 20 < 45);
  }

  @Test
  void pagesOfTheWorkerArePutTogether() {
    FileResolver files = files(WorkerFilesTest::page);

    DirectoryListing first = join(files.list("/vast/d", 0, 30));
    assertThat(first.entries())
        .hasSize(30)
        .last()
        .extracting(FileEntry::path)
        .isEqualTo("/vast/d/29.slp");
    assertThat(first.hasMore()).isTrue();
    assertThat(first.total()).isEqualTo(45);
    DirectoryListing rest = join(files.list("/vast/d", 30, 1000));
    assertThat(rest.entries()).hasSize(15);
    assertThat(rest.hasMore()).isFalse();
    assertThat(code(files.list("/vast/d", 0, 1001))).isEqualTo(Code.INVALID_REQUEST);
    assertThat(code(files.list("/vast/d", -1, 5))).isEqualTo(Code.INVALID_REQUEST);
  }

  @Test
  void aFileIsLookedAtThroughItsDirectory() {
    FileResolver files =
        files(
            text -> {
              if (text.startsWith("FS_SCAN_DIR")) {
                return "FS_SCAN_DIR_RESPONSE::{\"directory\":\"/vast/d\",\"found\":{\"41.slp\":\"/vast/d/41.slp\"}}";
              }
              return text.contains(".slp")
                  ? "FS_ERROR::INVALID_REQUEST::Not a directory"
                  : page(text);
            });

    FileEntry file = join(files.look("/vast/d/41.slp"));
    assertThat(file.size()).isEqualTo(41);
    assertThat(file.directory()).isFalse();
    assertThat(join(files.look("/vast/d")).directory()).isTrue();
    assertThat(code(files.look("/vast/d/x.slp"))).isEqualTo(Code.PATH_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "FS_ERROR::ACCESS_DENIED::no,ACCESS_DENIED",
    "FS_ERROR::PATH_NOT_FOUND::no,PATH_NOT_FOUND",
    "FS_ERROR::SOMETHING_NEW::no,INTERNAL",
    "FS_LIST_RESPONSE::[],INTERNAL",
  })
  void aRefusalKeepsItsCode(String answer, Code expected) {
    assertThat(code(files(text -> answer).list("/etc", 0, 20))).isEqualTo(expected);
  }

  @Test
  void aSearchIsAskedForByTheLastNameAlone() {
    FileResolver files =
        files(
            text ->
                "FS_RESOLVE_RESPONSE::{\"candidates\":[{\"path\":\"/vast/fly.slp\",\"name\":\"fly.slp\",\"size\":7,\"modified\":1.5,\"match_type\":\"exact\",\"score\":119.8},{\"path\":\"/vast/a\\u0007b\"}],\"truncated\":false,\"timeout\":true,\"search_time_ms\":12.0}");

    var outcome =
        join(
            files
                .resolve(
                    new SearchRequest(
                        "C:\\me\\fly.slp",
                        OptionalLong.of(7),
                        OptionalInt.empty(),
                        Optional.of("data")),
                    SearchListener.NONE)
                .outcome());

    assertThat(lab.python.heard()).contains("FS_RESOLVE::fly.slp::7::::data");
    assertThat(outcome.timeout()).isTrue();
    assertThat(outcome.candidates()).hasSize(1);
    assertThat(outcome.candidates().get(0).mount()).isEqualTo("data");
    assertThat(outcome.candidates().get(0).matchType()).isEqualTo(MatchType.EXACT);
    assertThat(code(files.resolve(SearchRequest.of("a/"), SearchListener.NONE).outcome()))
        .isEqualTo(Code.INVALID_REQUEST);
  }

  @Test
  void anAnswerThatComesLateIsNotTakenForThatOfTheNextQuestion() {
    lab.close();
    lab = new Lab(directory, patient(Duration.ofSeconds(5)));
    FileResolver files =
        files(
            text ->
                text.contains("slow")
                    ? null
                    : "FS_LIST_RESPONSE::{\"path\":\"/vast/quick\",\"entries\":[],\"total_count\":0,\"has_more\":false}");

    assertThat(code(files.list("/vast/slow", 0, 20))).isEqualTo(Code.UNAVAILABLE);
    CompletionStage<DirectoryListing> next = files.list("/vast/quick", 0, 20);
    lab.python.say(
        "FS_LIST_RESPONSE::{\"path\":\"/vast/slow\",\"entries\":[],\"total_count\":0,\"has_more\":false}");

    assertThat(join(next).path()).isEqualTo("/vast/quick");
  }

  @Test
  void namesThatDoNotFitIntoOneMessageAreAskedForInSeveral() {
    FileResolver files =
        files(
            text ->
                "FS_SCAN_DIR_RESPONSE::{\"directory\":\"/vast\",\"found\":{\"%s\":\"/vast/x\"}}"
                    .formatted(text.substring(text.indexOf("[\"") + 2, text.indexOf("[\"") + 7)));
    List<String> names =
        IntStream.range(0, 10_000).mapToObj("%05d-and-a-name-that-is-long.mp4"::formatted).toList();

    Map<String, String> found = join(files.scanDirectory("/vast", names)).found();

    assertThat(found).hasSizeGreaterThan(5);
    assertThat(lab.python.heard())
        .filteredOn(text -> text.startsWith("FS_SCAN_DIR"))
        .hasSize(found.size());
  }

  @Test
  void aProjectIsCheckedWrittenAndItsPrefixProposed() {
    FileResolver files =
        files(
            text -> {
              if (text.startsWith("USE_WORKER_PATH::/vast/a.slp")) {
                return "WORKER_PATH_OK::/vast/a.slp\nFS_CHECK_VIDEOS_RESPONSE::{\"slp_path\":\"/vast/a.slp\",\"total_videos\":2,\"missing\":[{\"filename\":\"a.mp4\",\"original_path\":\"/me/a.mp4\"}],\"accessible\":1,\"embedded\":0}";
              }
              if (text.startsWith("USE_WORKER_PATH")) {
                return "WORKER_PATH_ERROR::Path not within configured mounts";
              }
              if (text.contains("broken.slp")) {
                return "FS_WRITE_SLP_ERROR::{\"error\":\"No such project\"}";
              }
              return text.startsWith("FS_WRITE_SLP")
                  ? "FS_WRITE_SLP_OK::{\"output_path\":\"/vast/r.slp\",\"videos_updated\":1}"
                  : "FS_PREFIX_PROPOSAL::{\"old_prefix\":\"/me\",\"new_prefix\":\"/vast\",\"would_resolve\":[{\"original\":\"/me/b\",\"resolved\":\"/vast/b\"}],\"would_not_resolve\":[\"/x/c\"]}";
            });

    var check = join(files.checkVideos("/vast/a.slp"));
    assertThat(check.missing()).hasSize(1);
    assertThat(check.total()).isEqualTo(2);
    assertThat(code(files.checkVideos("/etc/a.slp"))).isEqualTo(Code.ACCESS_DENIED);
    assertThat(code(files.checkVideos("/vast/a.mp4"))).isEqualTo(Code.INVALID_REQUEST);
    ProjectRequest write =
        new ProjectRequest("/vast/a.slp", "", Map.of("/me/a.mp4", "/vast/a.mp4"), "");
    assertThat(join(files.writeProject(write)).path()).isEqualTo("/vast/r.slp");
    assertThat(lab.python.heard())
        .as("a place of its own is none that the format has")
        .anyMatch(text -> text.contains("\"output_dir\":\"/vast\""));
    assertThat(code(files.writeProject(new ProjectRequest("/vast/broken.slp", "", Map.of(), ""))))
        .isEqualTo(Code.INVALID_REQUEST);
    var proposal = join(files.proposePrefix("/me/a", "/vast/a", List.of("/me/b", "/x/c")));
    assertThat(proposal.wouldResolve()).containsEntry("/me/b", "/vast/b");
    assertThat(proposal.wouldNotResolve()).containsExactly("/x/c");
  }

  private static String moved(String text) {
    if (text.startsWith("FS_APPLY_PREFIX")) {
      return "FS_PREFIX_APPLIED::{\"success\":true}";
    }
    return text.startsWith("FS_WRITE_SLP")
        ? "FS_WRITE_SLP_OK::{\"output_path\":\"/vast/r.slp\",\"videos_updated\":2}"
        : "FS_PREFIX_PROPOSAL::{\"old_prefix\":\"C:\\\\me\",\"new_prefix\":\"/vast\",\"would_resolve\":[{\"original\":\"C:\\\\me\\\\b\",\"resolved\":\"/vast/b\"}],\"would_not_resolve\":[]}";
  }

  private List<String> saidOfPrefixes() {
    return lab.python.heard().stream()
        .filter(text -> text.startsWith("FS_APPLY") || text.startsWith("FS_WRITE"))
        .map(text -> text.substring(0, text.indexOf("::")))
        .toList();
  }

  @Test
  void aChangeOfBeginningsThatSomebodyTakesIsToldTheWorkerOnce() {
    FileResolver files = files(WorkerFilesTest::moved);
    ProjectRequest taken =
        new ProjectRequest(
            "/vast/a.slp", "", Map.of("C:\\me\\a", "/vast/a", "C:\\me\\b", "/vast/b"), "");
    join(files.writeProject(taken));
    assertThat(saidOfPrefixes()).as("nothing was proposed").containsExactly("FS_WRITE_SLP");

    join(files.proposePrefix("C:\\me\\a", "/vast/a", List.of("C:\\me\\b")));
    join(
        files.writeProject(
            new ProjectRequest("/vast/a.slp", "", Map.of("C:\\me\\b", "/vast/other/b"), "")));
    assertThat(saidOfPrefixes())
        .as("something else was taken")
        .containsExactly("FS_WRITE_SLP", "FS_WRITE_SLP");

    join(files.writeProject(taken));
    join(files.writeProject(taken));
    assertThat(lab.python.heard()).contains("FS_APPLY_PREFIX::{\"confirmed\":true}");
    assertThat(saidOfPrefixes())
        .containsExactly(
            "FS_WRITE_SLP", "FS_WRITE_SLP", "FS_APPLY_PREFIX", "FS_WRITE_SLP", "FS_WRITE_SLP");
  }

  @Test
  void aWorkerThatTakesBackItsProposalIsHeard() {
    FileResolver files =
        files(
            text ->
                text.startsWith("FS_APPLY_PREFIX")
                    ? "FS_PREFIX_APPLIED::{\"success\":false}"
                    : moved(text));
    join(files.proposePrefix("C:\\me\\a", "/vast/a", List.of("C:\\me\\b")));

    assertThat(
            code(
                files.writeProject(
                    new ProjectRequest("/vast/a.slp", "", Map.of("C:\\me\\b", "/vast/b"), ""))))
        .isEqualTo(Code.INVALID_REQUEST);
    assertThat(saidOfPrefixes()).containsExactly("FS_APPLY_PREFIX");
  }

  @Test
  void mountsAreAskedForAnew() {
    FileResolver files =
        files(text -> "FS_MOUNTS_RESPONSE::[{\"path\":\"/new\",\"label\":\"other\"}]");

    var info = join(files.info());

    assertThat(info.workerName()).isEqualTo("w");
    assertThat(info.workingDirectory()).isEqualTo("/vast");
    assertThat(info.mounts()).hasSize(1);
    assertThat(info.mounts().get(0).mount().path()).isEqualTo("/new");
    assertThat(lab.python.heard()).containsExactly("FS_GET_INFO", "FS_GET_MOUNTS");
  }

  @Test
  void aProjectThatWasOnlyLookedAtIsNotTakenForThePackage() throws Exception {
    FileResolver files = files(text -> "WORKER_PATH_ERROR::File not found: /vast/a.slp");
    assertThat(code(files.checkVideos("/vast/a.slp"))).isEqualTo(Code.PATH_NOT_FOUND);
    Path zip =
        Lab.zip(
            directory.resolve("p.zip"),
            Map.of("train-script.sh", "sleap-nn train --config-name a.yaml\n", "a.yaml", "a: 1\n"));

    assertThatThrownBy(() -> lab.submit(Lab.request("train", "{}", Map.of("p.zip", zip))))
        .hasMessageContaining("Connect anew");
    assertThat(lab.python.heard()).noneMatch(text -> text.startsWith("OUTPUT_DIR"));
  }

  @Test
  void aLostConnectionFailsWhatWaits() {
    FileResolver files = files(text -> null);
    CompletionStage<DirectoryListing> asked = files.list("/vast", 0, 20);
    CompletionStage<DirectoryListing> waiting = files.list("/vast", 20, 20);
    lab.python.cut("gone");

    assertThat(code(asked)).isEqualTo(Code.UNAVAILABLE);
    assertThat(code(waiting)).isEqualTo(Code.UNAVAILABLE);
    assertThat(code(files.info())).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void workersOfOtherGenerationsHaveNone() {
    lab.python.on((python, text) -> {});
    assertThat(lab.connect("g2").files()).isEmpty();
    assertThat(lab.python.heard()).isEmpty();
  }
}
