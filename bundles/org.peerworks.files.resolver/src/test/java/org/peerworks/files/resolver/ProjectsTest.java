package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Video;
import org.peerworks.lib.slp.VideoFiles;

final class ProjectsTest {

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

  private static Path project(Path file, String... videos) throws IOException {
    Files.createDirectories(file.getParent());
    Skeleton skeleton = new Skeleton("fly", List.of(new Node("nose", 1)), List.of(), List.of());
    List<Video> all =
        List.of(videos).stream().map(name -> new Video(name, Optional.empty())).toList();
    SlpWriter.write(
        file,
        new Labels(List.of(skeleton), all, List.of(), List.of(), List.of()),
        (video, frame) -> new byte[0]);
    return file;
  }

  private static List<String> videos(String slp) throws IOException {
    try (SlpFile file = SlpFile.open(Path.of(slp))) {
      return file.videoFiles().stream().map(VideoFiles::names).flatMap(List::stream).toList();
    }
  }

  private static void assertCode(CompletionStage<?> stage, Code code) {
    assertThatThrownBy(() -> TestFiles.get(stage))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void videosThatCannotBeReadHereAreNamed() throws IOException {
    Path here = TestFiles.file(files.archive.resolve("v/here.mp4"), "x");
    TestFiles.file(files.lab.resolve("p/beside.mp4"), "x");
    Path slp =
        project(
            files.lab.resolve("p/fly.slp"),
            here.toString(),
            "beside.mp4",
            files.archive + "/gone.mp4",
            "/home/me/away.mp4",
            "C:\\data\\far.mp4",
            files.secret + "/key.slp",
            "../../../secret/key.slp");
    VideoCheck check = TestFiles.get(files.resolver.checkVideos(slp.toString()));
    assertThat(check.slpPath()).isEqualTo(slp.toString());
    assertThat(check.total()).isEqualTo(7);
    assertThat(check.accessible()).isEqualTo(2);
    assertThat(check.embedded()).isZero();
    assertThat(check.missing())
        .extracting(MissingVideo::filename)
        .containsExactly("gone.mp4", "away.mp4", "far.mp4", "key.slp", "key.slp");
    assertThat(check.missing().get(2).originalPath()).isEqualTo("C:\\data\\far.mp4");
  }

  @Test
  void whatIsNoProjectIsRefused() throws IOException {
    Path text = TestFiles.file(files.lab.resolve("text.slp"), "no project");
    assertCode(files.resolver.checkVideos(text.toString()), Code.INVALID_REQUEST);
    assertCode(files.resolver.checkVideos(files.lab.toString()), Code.INVALID_REQUEST);
    assertCode(files.resolver.checkVideos(files.lab + "/gone.slp"), Code.PATH_NOT_FOUND);
    assertCode(
        files.resolver.checkVideos(project(files.secret.resolve("p.slp")).toString()),
        Code.ACCESS_DENIED);
  }

  @Test
  void aProjectThatIsLargerThanConfiguredIsNotRead() throws IOException {
    Path slp = project(files.lab.resolve("fly.slp"), "/home/me/a.mp4");
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.projectBytes = Files.size(slp) - 1;
    try (TestFiles strict = new TestFiles(top, settings)) {
      assertThatThrownBy(() -> TestFiles.get(strict.resolver.checkVideos(slp.toString())))
          .hasMessageContaining("at most " + settings.projectBytes + " are read");
      assertCode(
          strict.resolver.writeProject(new ProjectRequest(slp.toString(), "", Map.of(), "")),
          Code.INVALID_REQUEST);
    }
    assertThat(TestFiles.get(files.resolver.checkVideos(slp.toString())).total()).isEqualTo(1);
  }

  @Test
  void aDirectoryIsScannedForNames() throws IOException {
    TestFiles.file(files.lab.resolve("v/a.mp4"), "x");
    TestFiles.file(files.lab.resolve("v/c/d.mp4"), "x");
    Files.createSymbolicLink(files.lab.resolve("v/out.slp"), files.secret.resolve("key.slp"));
    DirectoryScan scan =
        TestFiles.get(
            files.resolver.scanDirectory(
                files.lab + "/v", List.of("a.mp4", "b.mp4", "d.mp4", "c", "out.slp")));
    assertThat(scan.directory()).isEqualTo(files.lab + "/v");
    assertThat(scan.found()).isEqualTo(Map.of("a.mp4", files.lab + "/v/a.mp4"));
    for (String name : List.of("../v/a.mp4", "..", "", "c/d.mp4", "a\nb")) {
      assertCode(
          files.resolver.scanDirectory(files.lab + "/v", List.of(name)), Code.INVALID_REQUEST);
    }
    assertCode(
        files.resolver.scanDirectory(files.lab + "/v", Collections.nCopies(10_001, "a")),
        Code.LIMIT);
    assertCode(
        files.resolver.scanDirectory(files.secret.toString(), List.of("key.slp")),
        Code.ACCESS_DENIED);
  }

  @Test
  void aPrefixIsProposedForAllOthers() throws IOException {
    Path found = TestFiles.file(files.lab.resolve("exp1/a.mp4"), "x");
    TestFiles.file(files.lab.resolve("exp2/b.mp4"), "x");
    PrefixProposal proposal =
        TestFiles.get(
            files.resolver.proposePrefix(
                "/home/me/data/exp1/a.mp4",
                found.toString(),
                List.of(
                    "/home/me/data/exp2/b.mp4",
                    "/home/me/data/exp3/c.mp4",
                    "/home/me/database/exp2/b.mp4",
                    "/elsewhere/exp2/b.mp4",
                    "/home/me/data/../../secret/key.slp")));
    assertThat(proposal.oldPrefix()).isEqualTo("/home/me/data");
    assertThat(proposal.newPrefix()).isEqualTo(files.lab.toString());
    assertThat(proposal.wouldResolve())
        .isEqualTo(Map.of("/home/me/data/exp2/b.mp4", files.lab + "/exp2/b.mp4"));
    assertThat(proposal.wouldNotResolve()).hasSize(4);
  }

  @Test
  void aPrefixOfWindowsIsReplacedToo() throws IOException {
    Path found = TestFiles.file(files.lab.resolve("Exp1/a.mp4"), "x");
    TestFiles.file(files.lab.resolve("exp2/b.mp4"), "x");
    PrefixProposal proposal =
        TestFiles.get(
            files.resolver.proposePrefix(
                "D:\\data\\exp1\\a.mp4", found.toString(), List.of("d:\\Data\\exp2\\b.mp4")));
    assertThat(proposal.oldPrefix()).isEqualTo("D:\\data");
    assertThat(proposal.wouldResolve())
        .isEqualTo(Map.of("d:\\Data\\exp2\\b.mp4", files.lab + "/exp2/b.mp4"));
  }

  @Test
  void aPrefixDoesNotTellWhatIsOutside() throws IOException {
    Path found = TestFiles.file(files.lab.resolve("shadow"), "x");
    // As an attacker would ask: is there /etc/shadow? Is there /etc/shadowX?
    assertCode(
        files.resolver.proposePrefix("/x/shadow", "/etc/shadow", List.of()), Code.ACCESS_DENIED);
    assertCode(
        files.resolver.proposePrefix("/x/shadowX", "/etc/shadowX", List.of()), Code.ACCESS_DENIED);
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    PrefixProposal proposal =
        TestFiles.get(
            files.resolver.proposePrefix(
                "/x/shadow", found.toString(), List.of("/x/out/key.slp", "/x/out/none.slp")));
    assertThat(Files.exists(Path.of(proposal.newPrefix() + "/out/key.slp")))
        .as("without the check it would be told")
        .isTrue();
    assertThat(proposal.wouldResolve()).isEmpty();
    assertThat(proposal.wouldNotResolve()).containsExactly("/x/out/key.slp", "/x/out/none.slp");
  }

  @Test
  void aProjectIsCopiedWithOtherPathsAndNeverReplaced() throws IOException {
    Path video = TestFiles.file(files.archive.resolve("a.mp4"), "x");
    Path slp = project(files.lab.resolve("fly.slp"), "/home/me/a.mp4", "/home/me/b.mp4");
    byte[] before = Files.readAllBytes(slp);
    Map<String, String> paths = Map.of("/home/me/a.mp4", video.toString());
    ProjectRequest request = new ProjectRequest(slp.toString(), files.lab.toString(), paths, "");
    WrittenProject written = TestFiles.get(files.resolver.writeProject(request));
    String date = LocalDate.now().format(DateTimeFormatter.BASIC_ISO_DATE);
    assertThat(written.path()).isEqualTo(files.lab + "/resolved_" + date + "_fly.slp");
    assertThat(written.videosUpdated()).isEqualTo(1);
    assertThat(videos(written.path())).containsExactly(video.toString(), "/home/me/b.mp4");
    assertThat(slp).hasBinaryContent(before);
    WrittenProject second = TestFiles.get(files.resolver.writeProject(request));
    assertThat(second.path()).isEqualTo(files.lab + "/resolved_" + date + "_fly_2.slp");
    assertCode(
        files.resolver.writeProject(
            new ProjectRequest(slp.toString(), files.lab.toString(), paths, "fly.slp")),
        Code.EXISTS);
    assertThat(slp).hasBinaryContent(before);
    try (var left = Files.list(files.table.projects())) {
      assertThat(left).as("nothing stays on the way").isEmpty();
    }
  }

  @Test
  void aPackageKeepsItsEndingAndACopyOfTheWorkersOwnCanBeUsed() throws IOException {
    Path slp = project(files.lab.resolve("fly.pkg.slp"), "/home/me/a.mp4");
    WrittenProject written =
        TestFiles.get(
            files.resolver.writeProject(new ProjectRequest(slp.toString(), "", Map.of(), "")));
    assertThat(written.path()).endsWith("_fly.pkg.slp").startsWith(files.table.projects() + "/");
    assertThat(files.mounts.require(written.path())).exists();
    assertThat(written.videosUpdated()).isZero();
  }

  @Test
  void aCopyIsWrittenOnlyIntoAMountAndFromOne() throws IOException {
    Path slp = project(files.lab.resolve("fly.slp"), "/home/me/a.mp4");
    Path secret = project(files.secret.resolve("p.slp"), "/home/me/a.mp4");
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    Map<String, String> none = Map.of();
    String lab = files.lab.toString();
    assertCode(write(secret.toString(), lab, none, ""), Code.ACCESS_DENIED);
    assertCode(write(slp.toString(), files.secret.toString(), none, ""), Code.ACCESS_DENIED);
    assertCode(write(slp.toString(), lab + "/out", none, ""), Code.ACCESS_DENIED);
    assertCode(write(slp.toString(), lab, none, "../x.slp"), Code.INVALID_REQUEST);
    assertCode(write(slp.toString(), lab, none, "/tmp/x.slp"), Code.INVALID_REQUEST);
    assertCode(write(slp.toString(), lab, none, "x.sh"), Code.INVALID_REQUEST);
    Map<String, String> outside =
        Map.of("/home/me/a.mp4", files.secret.resolve("key.slp").toString());
    assertCode(write(slp.toString(), lab, outside, ""), Code.ACCESS_DENIED);
    try (var left = Files.list(files.secret)) {
      assertThat(left).hasSize(2);
    }
  }

  private CompletionStage<WrittenProject> write(
      String slp, String directory, Map<String, String> videos, String name) {
    return files.resolver.writeProject(new ProjectRequest(slp, directory, videos, name));
  }
}
