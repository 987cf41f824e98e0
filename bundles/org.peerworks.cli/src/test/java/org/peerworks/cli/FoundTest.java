package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;

/** Training and tracking what is not here, but at the worker. */
final class FoundTest {

  @TempDir Path here;
  private MemoryLab lab;
  private final MemoryFiles files = new MemoryFiles();

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
    lab.files = Optional.of(files);
    lab.terminal = true;
    files.files.put("/vast/a/fly.slp", 125_000_000L);
    files.files.put("/vast/b/fly.slp", 3L);
    files.files.put("/vast/b/fly.mp4", 3L);
    files.files.put("/vast/b/fly.zip", 3L);
    files.files.put("/vast/my lab's/mice.slp", 3L);
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.output("x.predictions.slp", new byte[] {1, 2});
          job.end(JobState.SUCCEEDED, "", "{\"predictions\":\"x.predictions.slp\"}");
        };
  }

  @AfterEach
  void close() {
    assertThat(lab.open).isEmpty();
    lab.close();
  }

  private int run(String... words) {
    return lab.run(
        Stream.concat(Stream.of(words), Stream.of("-s", MemoryLab.SESSION)).toArray(String[]::new));
  }

  private MemoryJobs.Entry job() {
    assertThat(lab.jobs.entries).as(lab.err()).hasSize(1);
    return lab.jobs.entries.values().iterator().next();
  }

  private JsonNode parameters() throws JsonProcessingException {
    return json(job().request.parameters());
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  private JsonNode event(String name) throws JsonProcessingException {
    for (String line : lab.out().lines().toList()) {
      if (json(line).path("event").asText().equals(name)) {
        return json(line);
      }
    }
    throw new AssertionError("No event '" + name + "' in " + lab.out());
  }

  private String script() throws IOException {
    JobRequest request = job().request;
    assertThat(request.inputs()).containsOnlyKeys("track_package.zip");
    return Zips.content(job().inputs.get("track_package.zip")).get("track_package/track-script.sh");
  }

  @Test
  void videosThatTheWorkerDoesNotNameAreNotPassedOver() {
    files.moved.put("/vast/a/fly.slp", List.of("/old/a.mp4"));
    files.unnamed = 50;
    lab.answers = "y\n";
    assertThat(run("client-train", "-p", "/vast/a/fly.slp")).isNotZero();
    assertThat(lab.err()).contains("51 videos").contains("names only 1 of them");
    assertThat(files.written).isEmpty();
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void videosThatNobodyLookedForAreNotCalledMissing() {
    files.moved.put(
        "/vast/a/fly.slp",
        IntStream.rangeClosed(1, 12).mapToObj(i -> "/old/%02d/v%02d.mp4".formatted(i, i)).toList());
    lab.answers = "n\n";
    run("client-train", "-p", "/vast/a/fly.slp");
    assertThat(files.searched).hasSize(10);
    assertThat(lab.out())
        .contains("not found: /old/01/v01.mp4")
        .contains("not looked for: /old/11/v11.mp4")
        .contains("not looked for: /old/12/v12.mp4")
        .doesNotContain("not found: /old/11");
  }

  @Test
  void whatIsHereIsSentAsEver() throws IOException {
    Files.write(here.resolve("fly.zip"), Zips.of("train-script.sh", "sleap-nn train"));
    assertThat(run("client-train", "-p", "fly.zip")).as(lab.err()).isZero();
    assertThat(job().inputs).containsOnlyKeys("fly.zip");
    assertThat(files.searched).isEmpty();
  }

  @Test
  void anAbsolutePathOfTheWorkerIsTakenWithoutAQuestion() throws IOException {
    assertThat(run("client-train", "-p", "/vast/a/fly.slp")).as(lab.err()).isZero();
    assertThat(parameters()).isEqualTo(json("{\"labels\":\"/vast/a/fly.slp\"}"));
    assertThat(job().inputs).isEmpty();
    assertThat(files.searched).isEmpty();
    assertThat(lab.out()).contains("Using '/vast/a/fly.slp' of worker 'gpu-1'.");
  }

  @Test
  void aMappedPathIsTakenWithoutAQuestion() throws IOException {
    assertThat(
            run("client-train", "-p", "/Users/me/fly.zip", "--path-mapping", "/Users/me=/vast/b"))
        .as(lab.err())
        .isZero();
    assertThat(parameters()).isEqualTo(json("{\"package\":\"/vast/b/fly.zip\"}"));
  }

  @Test
  void aNameIsLookedForAndConfirmed() throws IOException {
    Files.writeString(here.resolve("mine.yaml"), "a: 1");
    lab.answers = "2\n";
    assertThat(run("client-train", "-p", "fly.slp", "-c", "mine.yaml")).as(lab.err()).isZero();
    assertThat(parameters())
        .isEqualTo(json("{\"labels\":\"/vast/b/fly.slp\",\"configs\":[\"mine.yaml\"]}"));
    assertThat(job().inputs).containsOnlyKeys("mine.yaml");
    assertThat(lab.out()).contains("125.0 MB").doesNotContain("fly.mp4");
  }

  @Test
  void theOnlyOneIsNotTakenByItself() {
    assertThat(run("client-train", "-p", "mice.slp")).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("No file was chosen; there is no job.");
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void aPathThatTheWorkerDoesNotHaveIsLookedForByItsName() {
    lab.answers = "1\n";
    assertThat(run("client-train", "-p", "/Users/me/old/mice.slp")).as(lab.err()).isZero();
    assertThat(files.searched).containsExactly("/Users/me/old/mice.slp");
  }

  @Test
  void withoutAPersonTheCandidatesAreListed() throws IOException {
    assertThat(run("client-train", "-p", "fly.slp", "--non-interactive"))
        .isEqualTo(ExitStatus.CHOICE);
    assertThat(lab.out()).contains("/vast/a/fly.slp").contains("/vast/b/fly.slp");
    assertThat(lab.err()).contains("Worker 'gpu-1' has 2 like it");
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void aScriptGetsTheCandidatesAsJson() throws IOException {
    assertThat(run("client-train", "-p", "mice.slp", "--json")).isEqualTo(ExitStatus.CHOICE);
    JsonNode candidate = event("candidates").path("candidates").get(0);
    assertThat(candidate.path("path").asText()).isEqualTo("/vast/my lab's/mice.slp");
    assertThat(candidate.path("match").asText()).isEqualTo("exact");
    assertThat(event("error").path("exit").asInt()).isEqualTo(ExitStatus.CHOICE);
  }

  @Test
  void withoutATerminalNobodyIsAsked() {
    lab.terminal = false;
    lab.answers = "1\n";
    assertThat(run("client-train", "-p", "fly.slp")).isEqualTo(ExitStatus.CHOICE);
  }

  @Test
  void whatIsNowhereIsSaidToBeNowhere() {
    assertThat(run("client-train", "-p", "whale.slp")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("none like it at worker 'gpu-1'").contains("'lab'");
    assertThat(run("client-train", "-p", "fly.mp4")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("wanted is a training package (.zip) or labels (.slp)");
    assertThat(run("client-train", "-p", "/vast/b/fly.mp4")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("is another file");
  }

  @Test
  void whatTheWorkerRefusesIsToldAsItIs() {
    files.refusal = Code.PATTERN_TOO_BROAD;
    assertThat(run("client-train", "-p", "*.slp")).isEqualTo(ExitStatus.USAGE);
    files.refusal = Code.UNAVAILABLE;
    assertThat(run("client-train", "-p", "/vast/a/fly.slp")).isEqualTo(ExitStatus.NO_CONNECTION);
    files.refusal = Code.LIMIT;
    assertThat(run("client-train", "-p", "fly.slp")).isEqualTo(ExitStatus.REFUSED);
  }

  @Test
  void aWorkerThatShowsNoFilesIsNotAsked() {
    lab.files = Optional.empty();
    assertThat(run("client-train", "-p", "fly.slp")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("cannot be asked for its files");
  }

  @Test
  void labelsOfTheWorkerAreTrackedWithModelsOfHere() throws IOException {
    Files.createDirectories(here.resolve("m"));
    Files.write(here.resolve("m/best.ckpt"), new byte[] {1});
    lab.answers = "1\n";
    int status = run("client-track", "-d", "mice.slp", "-m", "m", "/vast/models/x", "-n", "2");
    assertThat(status).as(lab.err()).isZero();
    assertThat(script())
        .contains("--data_path '/vast/my lab'\\''s/mice.slp'")
        .contains("--model_paths models/m \\\n  --model_paths /vast/models/x")
        .contains("--max_instances 2");
    assertThat(here.resolve("predictions.slp")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void severalLabelsAreAllFoundFirst() throws IOException {
    assertThat(run("client-track", "-d", "/vast/a/fly.slp", "-d", "whale.slp", "-m", "/vast/m/x"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(lab.jobs.entries).isEmpty();
    Files.write(here.resolve("own.slp"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 1});
    assertThat(run("client-track", "-d", "own.slp", "-d", "fly.slp", "-m", "/vast/m/x"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("is here, other labels are not");
  }

  @Test
  void movedVideosAreFoundByOneOfThemAndConfirmedOnce() throws IOException {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/x/1.mp4", "/Users/me/y/2.mp4"));
    for (String video : List.of("/vast/v/x/1.mp4", "/vast/v/y/2.mp4", "/vast/other/1.mp4")) {
      files.files.put(video, 1L);
    }
    lab.answers = "y\n";
    assertThat(run("client-train", "-p", "/vast/a/fly.slp")).as(lab.err()).isZero();
    assertThat(files.written).hasSize(1);
    assertThat(files.written.get(0).videos())
        .containsOnly(
            entry("/Users/me/x/1.mp4", "/vast/v/x/1.mp4"),
            entry("/Users/me/y/2.mp4", "/vast/v/y/2.mp4"));
    assertThat(files.searched).as("one search finds both").containsExactly("1.mp4");
    assertThat(parameters().path("labels").asText()).isEqualTo("/own/resolved.slp");
    assertThat(lab.out()).contains("2 of 3 videos").contains("'/Users/me' is '/vast/v'");
  }

  @Test
  void withoutAYesNothingIsWritten() {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/1.mp4"));
    files.files.put("/vast/v/1.mp4", 1L);
    for (String answer : List.of("", "\n", "n\n", "maybe\n")) {
      lab.answers = answer;
      assertThat(run("client-train", "-p", "/vast/a/fly.slp")).isEqualTo(ExitStatus.INTERRUPTED);
    }
    assertThat(files.written).isEmpty();
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void whoSaysWhereTheVideosAreIsNotAsked() throws IOException {
    files.moved.put("/vast/a/fly.slp", List.of("C:\\data\\x\\1.mp4"));
    files.files.put("/vast/v/x/1.mp4", 1L);
    int status =
        run(
            "client-track",
            "-d",
            "/vast/a/fly.slp",
            "-m",
            "/vast/m/x",
            "--non-interactive",
            "--path-mapping",
            "C:\\data=/vast/v");
    assertThat(status).as(lab.err()).isZero();
    assertThat(files.written.get(0).videos())
        .isEqualTo(Map.of("C:\\data\\x\\1.mp4", "/vast/v/x/1.mp4"));
    assertThat(script()).contains("--data_path /own/resolved.slp");
  }

  @Test
  void aGuessIsNotTakenWithoutAPerson() throws IOException {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/x/1.mp4", "/Users/me/gone.mp4"));
    files.files.put("/vast/v/x/1.mp4", 1L);
    assertThat(run("client-train", "-p", "/vast/a/fly.slp", "--json")).isEqualTo(ExitStatus.CHOICE);
    JsonNode videos = event("videos");
    assertThat(videos.path("found").path("/Users/me/x/1.mp4").asText())
        .isEqualTo("/vast/v/x/1.mp4");
    assertThat(videos.path("missing").get(0).asText()).isEqualTo("/Users/me/gone.mp4");
    assertThat(lab.err()).contains("--path-mapping '/Users/me=/vast/v'");
    assertThat(files.written).isEmpty();
  }

  @Test
  void videosBesideTheProjectAreFoundWithoutASearch() throws IOException {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/1.mp4"));
    files.files.put("/vast/a/1.mp4", 1L);
    lab.answers = "yes\n";
    assertThat(run("client-train", "-p", "/vast/a/fly.slp")).as(lab.err()).isZero();
    assertThat(files.searched).isEmpty();
    assertThat(files.written).hasSize(1);
  }

  @Test
  void whoWantsNoVideosIsNotAskedForThem() {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/1.mp4"));
    assertThat(run("client-train", "-p", "/vast/a/fly.slp", "--no-videos")).isZero();
    assertThat(files.written).isEmpty();
  }

  @Test
  void aMappingThatIsNoneIsRefused() {
    for (String value : List.of("/a", "=/b", "/a=b", "/a=")) {
      assertThat(run("client-train", "-p", "x.slp", "--path-mapping", value))
          .isEqualTo(ExitStatus.USAGE);
    }
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void aProjectGetsACopyBesideItWithTheRightPaths() {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/1.mp4"));
    files.files.put("/vast/v/1.mp4", 1L);
    lab.answers = "1\ny\n";
    assertThat(run("resolve-paths", "--slp", "fly.slp")).as(lab.err()).isZero();
    assertThat(files.written.get(0).outputDirectory()).isEqualTo("/vast/a");
    assertThat(files.written.get(0).outputName()).isEmpty();
    assertThat(lab.out()).contains("Wrote '/vast/a/resolved.slp' with 1 new path;");
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void theCopyGoesWhereItIsWanted() {
    files.moved.put("/vast/a/fly.slp", List.of("/Users/me/1.mp4"));
    files.files.put("/vast/v/1.mp4", 1L);
    String[] command = {
      "resolve-paths", "--slp", "/vast/a/fly.slp", "--path-mapping", "/Users/me=/vast/v", "-o", ""
    };
    command[6] = "/vast/out/new.slp";
    assertThat(run(command)).as(lab.err()).isZero();
    assertThat(files.written.get(0).outputDirectory()).isEqualTo("/vast/out");
    assertThat(files.written.get(0).outputName()).isEqualTo("new.slp");
    for (String wrong : List.of("new.slp", "/vast/out", "/vast/out/new.zip")) {
      command[6] = wrong;
      assertThat(run(command)).isEqualTo(ExitStatus.USAGE);
    }
  }

  @Test
  void aProjectThatIsWellIsLeftAlone() {
    assertThat(run("resolve-paths", "--slp", "/vast/a/fly.slp", "--non-interactive")).isZero();
    assertThat(files.written).isEmpty();
    assertThat(lab.out()).contains("nothing was written");
  }

  @Test
  void lookingAroundInATerminalNeedsOneWithCursorKeys() {
    lab.terminal = false;
    assertThat(run("browse", "--terminal")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("--terminal needs a person at a terminal");
    assertThat(run("browse", "--terminal", "--json")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.connected).isEmpty();
  }
}
