package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job type that somebody starts from the archetype, builds elsewhere and brings to a worker that
 * is running.
 */
class OutsidersJobTypeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAME = "com.acme.sortlines";

  @TempDir Path directory;

  private Lab lab;
  private Running worker;
  private String session;

  @BeforeEach
  void startWorkerWithPrompt() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    worker = lab.worker("--shell");
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void isInstalledRunUpdatedAndRolledBack() throws Exception {
    Outside outside = new Outside(directory.resolve("outside"));
    Path project = outside.generate(NAME, "1.0.0");
    outside.maven(project, "verify");
    nextVersion(project);
    outside.maven(project, "package", "-DskipTests");
    session = Lab.session(worker);

    String first = install(Outside.jar(project, "1.0.0"));
    Running types = job("types", "sort-lines");
    assertThat(types.exit()).as(types.transcript()).isZero();
    assertThat(types.transcript()).contains("1.0.0", "order", "ascending | descending");
    Running run = sort("order=descending", "unique=true");
    assertThat(run.exit()).as(run.transcript()).isZero();
    assertThat(run.transcript())
        .contains("Sorted 2 lines of 1 files.", "{\"files\": 1, \"lines\": 2}");
    assertThat(lab.desk().resolve("out/sorted-fruits.txt")).hasContent("pear\napple\n");
    Running refused = sort("order=sideways");
    assertThat(refused.exit()).as(refused.transcript()).isEqualTo(4);
    assertThat(String.join("\n", refused.err())).contains("'order'");

    install(Outside.jar(project, "1.1.0"));
    Running updated = sort();
    assertThat(updated.exit()).as(updated.transcript()).isZero();
    assertThat(updated.transcript()).contains("The new version sorted 3 lines of 1 files.");

    commit("deploy:rollback " + first);
    awaitVersion("1.0.0");
    Running back = sort();
    assertThat(back.exit()).as(back.transcript()).isZero();
    assertThat(back.transcript()).contains("Sorted 3 lines of 1 files.");
  }

  /** Another version, which says something else. */
  private static void nextVersion(Path project) throws IOException {
    edit(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>1.1.0</version>");
    edit(
        project.resolve("src/main/java/com/acme/sortlines/SortLinesJobType.java"),
        "\"Sorted ",
        "\"The new version sorted ");
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  /** Installs a bundle at the worker's prompt, and returns the number of the transaction. */
  private String install(Path jar) throws IOException {
    String number = commit("bundle:install " + jar);
    awaitVersion(jar.getFileName().toString().replaceAll("^.*-(.*)\\.jar$", "$1"));
    return number;
  }

  /** Changes what is installed, and returns the number of the transaction. */
  private String commit(String command) throws IOException {
    int before = worker.out().size();
    worker.type(command);
    return await()
        .atMost(PATIENCE)
        .until(() -> find("Transaction (\\d+) is committed", before), n -> n != null);
  }

  /** Waits until the worker takes jobs for a version. */
  private void awaitVersion(String version) {
    int before = worker.out().size();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              worker.type("job:types");
              return find("^(sort-lines .*" + Pattern.quote(version) + ".*)$", before);
            },
            line -> line != null);
  }

  private String find(String regex, int from) {
    Pattern pattern = Pattern.compile(regex);
    List<String> lines = worker.out();
    for (String line : lines.subList(from, lines.size())) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private Running sort(String... parameters) throws IOException {
    Files.createDirectories(lab.desk());
    Files.writeString(lab.desk().resolve("fruits.txt"), "pear\napple\npear\n");
    List<String> words = new ArrayList<>(List.of("sort-lines", "fruits.txt", "--output", "out"));
    for (String parameter : parameters) {
      words.addAll(List.of("--param", parameter));
    }
    return job("submit", words.toArray(String[]::new));
  }

  private Running job(String verb, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("job", verb, "-s", session));
    words.addAll(List.of(more));
    return lab.client(words.toArray(String[]::new));
  }
}
