package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.protocol.api.RemoteWorker;

/** The files of a worker, as its client sees them. */
final class RemoteFilesTest {

  @TempDir Path directory;

  private final FakeFiles here = new FakeFiles();
  private final AtomicReference<FileResolver> resolver = new AtomicReference<>(here);
  private Rig rig;
  private RemoteWorker worker;
  private FileResolver files;

  @BeforeEach
  void connect() {
    rig = new Rig(directory);
    rig.worker.files(resolver::get);
    worker = rig.connect();
    files = worker.files().orElseThrow();
  }

  @AfterEach
  void close() {
    worker.close();
    rig.close();
  }

  private static void assertCode(CompletionStage<?> stage, Code code) {
    assertThatThrownBy(() -> Rig.get(stage))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void allThatTheWorkerSaysArrives() {
    assertThat(Rig.get(files.info())).isEqualTo(Rig.get(here.info()));
    assertThat(Rig.get(files.look(FakeFiles.FLY.path()))).isEqualTo(FakeFiles.FLY);
    DirectoryListing page = Rig.get(files.list("/m/d", 40, 20));
    assertThat(page).isEqualTo(Rig.get(here.list("/m/d", 40, 20)));
    assertThat(Rig.get(files.checkVideos("/m/p.slp")))
        .isEqualTo(Rig.get(here.checkVideos("/m/p.slp")));
    DirectoryScan scan = Rig.get(files.scanDirectory("/m", List.of("a", "b")));
    assertThat(scan.found()).isEqualTo(Map.of("a", "/m/a"));
    PrefixProposal proposal = Rig.get(files.proposePrefix("/o", "/n", List.of("C:\\x")));
    assertThat(proposal)
        .isEqualTo(new PrefixProposal("/o", "/n", Map.of("/x", "/y"), List.of("C:\\x")));
    ProjectRequest request =
        new ProjectRequest("/m/p.slp", "/m", Map.of("/old.mp4", "/m/new.mp4"), "x.slp");
    assertThat(Rig.get(files.writeProject(request))).isEqualTo(new WrittenProject("/m/new.slp", 2));
    assertThat(here.written).isEqualTo(request);
  }

  @Test
  void refusalsKeepTheirCodes() {
    assertCode(files.look("/etc/shadow"), Code.ACCESS_DENIED);
    assertCode(files.look("x".repeat(100_000)), Code.INVALID_REQUEST);
    resolver.set(null);
    assertCode(files.info(), Code.UNAVAILABLE);
    resolver.set(here);
    worker.close();
    assertCode(files.info(), Code.UNAVAILABLE);
  }

  @Test
  void aSearchTellsWhatItFindsUntilItsEnd() {
    SearchRequest request =
        new SearchRequest("fly*", OptionalLong.of(7), OptionalInt.of(3), Optional.of("lab"));
    List<List<Candidate>> told = new CopyOnWriteArrayList<>();
    Search search = files.resolve(request, told::add);
    await().until(() -> here.listener != null);
    assertThat(here.searched).isEqualTo(request);
    here.listener.onCandidates(List.of(FakeFiles.CANDIDATE));
    await().until(() -> !told.isEmpty());
    assertThat(told.get(0)).containsExactly(FakeFiles.CANDIDATE);
    assertThat(search.outcome().toCompletableFuture()).isNotDone();
    here.outcome.complete(FakeFiles.OUTCOME);
    assertThat(Rig.get(search.outcome())).isEqualTo(FakeFiles.OUTCOME);
  }

  @Test
  void aSearchIsCancelledByItsClient() {
    Search search = files.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE);
    await().until(() -> here.searched != null);
    search.close();
    assertThat(Rig.get(search.outcome()).timeout()).isTrue();
  }

  @Test
  void aSearchEndsWithItsConnection() {
    Search search = files.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE);
    await().until(() -> here.searched != null);
    worker.close();
    assertCode(search.outcome(), Code.UNAVAILABLE);
    await().until(here.outcome::isDone);
  }

  @Test
  void fourSearchesOfOneClientRunAtOnce() {
    for (int i = 0; i < 4; i++) {
      files.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE);
    }
    Search fifth = files.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE);
    assertCode(fifth.outcome(), Code.LIMIT);
  }
}
