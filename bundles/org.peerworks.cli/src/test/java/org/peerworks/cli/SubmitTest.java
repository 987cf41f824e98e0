package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobTypeInfo;

/** Jobs of types that the command line knows nothing of. */
final class SubmitTest {

  private static final String SCHEMA =
      """
      {
        "type": "object",
        "required": ["order"],
        "properties": {
          "order": {"enum": ["up", "down"], "description": "Which way"},
          "unique": {"type": "boolean", "description": "Each line once"},
          "label": {"type": "string"},
          "note": {"type": ["string", "null"]},
          "most": {"type": ["integer", "null"], "minimum": 1},
          "share": {"type": "number"},
          "keys": {"type": "array", "items": {"type": "string"}}
        }
      }
      """;

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
    lab.jobs.types.add(new JobTypeInfo("sort", "1.2.0", "cpu", SCHEMA));
    lab.jobs.types.add(new JobTypeInfo("train", "0.1.0", "gpu", "{}"));
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.log("sorting\n");
          job.progress(1, 2, "file", "");
          job.output("sorted.txt", new byte[] {1});
          job.output("more.txt", new byte[] {2});
          job.end(JobState.SUCCEEDED, "", "{\"lines\":7}");
        };
  }

  @AfterEach
  void close() {
    assertThat(lab.open).isEmpty();
    lab.close();
  }

  @Test
  void aJobTakesFilesAndReturnsThemInAFolderOfItsOwn() throws IOException {
    Files.writeString(here.resolve("words.txt"), "b\na\n");

    assertThat(job("submit", "sort", "words.txt", "--priority", "9")).as(lab.err()).isZero();

    assertThat(only().request.type()).isEqualTo("sort");
    assertThat(only().request.priority()).isEqualTo(9);
    assertThat(only().inputs).containsOnlyKeys("words.txt");
    Path folder = here.resolve("job_" + only().job().id());
    assertThat(folder.resolve("sorted.txt")).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("more.txt")).hasBinaryContent(new byte[] {2});
    assertThat(lab.out()).contains("sorting", "Outputs: " + folder, "Result: {\"lines\":7}");
  }

  @Test
  void theFolderOfTheResultsCanBeChosen() throws IOException {
    Files.writeString(Files.createDirectories(here.resolve("out")).resolve("sorted.txt"), "old");

    assertThat(job("submit", "sort", "-o", "out")).as(lab.err()).isZero();
    assertThat(job("attach", only().job().id(), "-o", "again")).as(lab.err()).isZero();

    assertThat(here.resolve("out/sorted.txt")).hasBinaryContent(new byte[] {1});
    assertThat(here.resolve("out/more.txt")).hasBinaryContent(new byte[] {2});
    assertThat(here.resolve("again/more.txt")).hasBinaryContent(new byte[] {2});
    assertThat(here.resolve("out")).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void anOutputThatIsNamedToLeaveTheFolderIsRefused() {
    lab.jobs.behaviour =
        job -> {
          job.output("../escaped/file.txt", new byte[] {1});
          job.end(JobState.SUCCEEDED, "", null);
        };

    assertThat(job("submit", "sort", "-o", "out")).isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("names an output badly");
    assertThat(here.resolve("escaped")).doesNotExist();
    assertThat(here.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "order=up|{\"order\":\"up\"}",
        "unique=true|{\"unique\":true}",
        "unique=yes|{\"unique\":\"yes\"}",
        "label=7|{\"label\":\"7\"}",
        "label=a=b|{\"label\":\"a=b\"}",
        "label=|{\"label\":\"\"}",
        "note=null|{\"note\":\"null\"}",
        "most=7|{\"most\":7}",
        "most=null|{\"most\":null}",
        "share=0.1|{\"share\":0.1}",
        "share=12345678901234567890.123|{\"share\":12345678901234567890.123}",
        "keys=a|{\"keys\":[\"a\"]}",
        "keys=[\"a\",\"7\"]|{\"keys\":[\"a\",\"7\"]}",
        "other=7|{\"other\":7}",
        "other=7 up|{\"other\":\"7 up\"}",
        "other={\"a\":[1]}|{\"other\":{\"a\":[1]}}",
      })
  void whatAParameterIsTheTypeSays(String typed, String json) {
    assertThat(job("submit", "sort", "--param", typed)).as(lab.err()).isZero();

    assertThat(only().request.parameters()).isEqualTo(json);
  }

  @Test
  void aParameterThatIsRepeatedIsAList() {
    assertThat(job("submit", "sort", "-p", "keys=a", "-p", "keys=2", "-p", "x=1", "-p", "x=b"))
        .isZero();

    assertThat(only().request.parameters()).isEqualTo("{\"keys\":[\"a\",\"2\"],\"x\":[1,\"b\"]}");
  }

  @Test
  void parametersComeFromAFileAndTheCommandLineIsOverThem() throws IOException {
    Files.writeString(here.resolve("p.json"), "{\"order\": \"up\", \"most\": 3}");

    assertThat(job("submit", "sort", "--params", "p.json", "-p", "order=down")).isZero();

    assertThat(only().request.parameters()).isEqualTo("{\"order\":\"down\",\"most\":3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{\"a\":1} x", "{\"a\":", "", "\"text\""})
  void aFileWithoutAnObjectIsRefusedBeforeAnybodyIsAsked(String content) throws IOException {
    Files.writeString(here.resolve("p.json"), content);

    assertThat(job("submit", "sort", "--params", "p.json")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("p.json' ");
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void filesAreLookedAtBeforeAnybodyIsAsked() throws IOException {
    Files.writeString(here.resolve("taken"), "a file");

    assertThat(job("submit", "sort", "nothing.txt")).isEqualTo(ExitStatus.USAGE);
    assertThat(job("submit", "sort", ".")).isEqualTo(ExitStatus.USAGE);
    assertThat(job("submit", "sort", "--output", "taken")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("nothing.txt", "is a folder", "is no folder");
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void aFileWithANameThatWorkersRefuseGoesAlongUnderAnother() throws IOException {
    Files.writeString(here.resolve("wörter.txt"), "");

    assertThat(job("submit", "sort", "wörter.txt")).isZero();

    assertThat(only().inputs).containsOnlyKeys("w_rter.txt");
    assertThat(lab.out()).contains("goes along as 'w_rter.txt'");
  }

  @Test
  void aTypeThatTheWorkerDoesNotHaveIsRefusedBeforeFilesAreSent() throws IOException {
    Files.writeString(here.resolve("words.txt"), "b");

    assertThat(job("submit", "shout", "words.txt")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("no job of type 'shout'", "It takes 'sort', 'train'.");
    assertThat(lab.jobs.entries).isEmpty();
  }

  @Test
  void whatTheWorkerRefusesIsSaid() {
    lab.jobs.refusal =
        new JobException(JobException.Code.INVALID, "The parameters do not fit: 'order' …");

    assertThat(job("submit", "sort", "-p", "order=sideways")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("'order' …");
  }

  @Test
  void aFailedJobsPartialFilesComeBack() {
    lab.jobs.behaviour =
        job -> {
          job.output("half.txt", new byte[] {1});
          job.end(JobState.FAILED, "The disk is full.", null);
        };

    assertThat(job("submit", "sort", "-o", "out")).isEqualTo(ExitStatus.FAILED);

    assertThat(here.resolve("out/half.txt")).exists();
    assertThat(lab.err()).contains("FAILED: The disk is full.");
  }

  @Test
  void anInterruptCancelsTheJob() {
    lab.jobs.behaviour = MemoryJobs.Entry::running;
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread command = new Thread(() -> status.complete(job("submit", "sort")), "submit");
    command.start();
    await().until(() -> !lab.jobs.followed.isEmpty());

    command.interrupt();

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(ExitStatus.INTERRUPTED);
    assertThat(only().job().state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void scriptsGetEvents() throws IOException {
    assertThat(job("submit", "sort", "--json", "-o", "out")).isZero();

    List<JsonNode> events = new ArrayList<>();
    for (String line : lab.out().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("event").asText()).isEqualTo("ended");
    assertThat(last.path("job").path("document").path("lines").asInt()).isEqualTo(7);
    assertThat(last.path("saved").get(0).asText()).endsWith("/out/sorted.txt");
  }

  @Test
  void typesAreListedWithTheirParameters() {
    assertThat(job("types")).isZero();

    assertThat(lab.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("sort +1\\.2\\.0 +cpu +order, unique, label, .*"));
  }

  @Test
  void theParametersOfATypeAreExplained() {
    assertThat(job("types", "sort")).isZero();

    assertThat(lab.out().lines())
        .anyMatch(line -> line.matches("order +up \\| down +yes +Which way"))
        .anyMatch(line -> line.matches("unique +boolean +Each line once"))
        .anyMatch(line -> line.matches("most +integer"))
        .noneMatch(line -> line.startsWith("train"));
    assertThat(job("types", "shout")).isEqualTo(ExitStatus.REFUSED);
  }

  @Test
  void scriptsGetTheSchemas() throws IOException {
    assertThat(job("types", "--json")).isZero();

    JsonNode types = new ObjectMapper().readTree(lab.out()).path("types");
    assertThat(types.get(0).path("name").asText()).isEqualTo("sort");
    assertThat(types.get(0).path("schema").path("required").get(0).asText()).isEqualTo("order");
  }

  @Test
  void aWorkerWithoutJobTypesSaysSo() {
    lab.jobs.types.clear();

    assertThat(job("types")).isZero();
    assertThat(job("submit", "sort")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.out()).contains("has no job type running");
    assertThat(lab.err()).contains("It has no job type running.");
  }

  private MemoryJobs.Entry only() {
    return List.copyOf(lab.jobs.entries.values()).get(0);
  }

  private int job(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("job", verb, "-s", MemoryLab.SESSION));
    words.addAll(List.of(more));
    return lab.run(words.toArray(String[]::new));
  }
}
