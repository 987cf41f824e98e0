package org.peerworks.deploy.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.peerworks.deploy.TestBundle;
import org.peerworks.deploy.TestFramework;
import org.peerworks.deploy.fixture.Fine;
import org.peerworks.deploy.state.JournalEntry.Event;

/** What is put into the drop folder is installed, updated, removed, and each file has a verdict. */
class DropFolderTest {

  private static final Duration MOMENT = Duration.ofMillis(200);

  @TempDir Path directory;

  private TestFramework framework;
  private DropFolder folder;
  private Path drop;

  @BeforeEach
  void start() throws Exception {
    Path data = directory.resolve("data");
    drop = data.resolve("deploy");
    framework = TestFramework.start(data, "", TestFramework.config(Map.of("signatures", "off")));
    folder =
        new DropFolder(
            framework.context(),
            data,
            framework.deployer(),
            true,
            new Settling(MOMENT, Duration.ofSeconds(3)));
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.isDirectory(drop));
  }

  @AfterEach
  void stop() throws Exception {
    folder.close();
    framework.close();
  }

  private Path jar(String version) throws IOException {
    return TestBundle.of("fine", version)
        .delayed(Fine.class)
        .write(directory.resolve("fine-" + version + ".jar"));
  }

  private void awaitVersion(String version) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(framework.runs("fine")).isEqualTo(version));
  }

  private String awaitVerdict(String file, boolean good) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> verdict(file).filter(verdict -> verdict.good() == good).isPresent());
    return verdict(file).orElseThrow().words();
  }

  private Optional<Verdict> verdict(String file) {
    return folder.verdicts().stream().filter(v -> v.file().equals(file)).findFirst();
  }

  private long committed() {
    return framework.deployer().journal().stream()
        .filter(entry -> entry.event() == Event.COMMITTED)
        .count();
  }

  @Test
  void aFileIsInstalledUpdatedOnceWhenItIsOverwrittenAndRemovedWhenItIsDeleted() throws Exception {
    Path dropped = drop.resolve("fine.jar");
    Files.copy(jar("1.0.0"), dropped);
    awaitVersion("1.0.0");
    assertThat(awaitVerdict("fine.jar", true)).isEqualTo("installed");

    Files.copy(jar("1.1.0"), dropped, StandardCopyOption.REPLACE_EXISTING);
    awaitVersion("1.1.0");
    await().atMost(Duration.ofSeconds(60)).until(() -> committed() >= 2);

    Files.delete(dropped);
    awaitVersion("not installed");
    await().atMost(Duration.ofSeconds(60)).until(() -> folder.verdicts().isEmpty());
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void aHalfCopiedFileIsLeftAloneUntilItIsWhole() throws Exception {
    byte[] content = Files.readAllBytes(jar("1.0.0"));
    Path dropped = drop.resolve("slow.jar");
    for (int i = 0; i < content.length; i += content.length / 6 + 1) {
      Files.write(
          dropped,
          Arrays.copyOfRange(content, i, Math.min(content.length, i + content.length / 6 + 1)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      long written = Files.size(dropped);
      await().pollDelay(Duration.ofMillis(120)).until(() -> Files.size(dropped) == written);
    }
    awaitVersion("1.0.0");
    awaitVerdict("slow.jar", true);
    assertThat(framework.deployer().journal())
        .extracting(entry -> entry.event())
        .containsExactly(Event.BEGUN, Event.COMMITTED);
  }

  @Test
  void aBadFileIsRefusedAndWhatItReplacedStaysUntilItIsDeleted() throws Exception {
    Path dropped = drop.resolve("fine.jar");
    Files.copy(jar("1.0.0"), dropped);
    awaitVersion("1.0.0");
    awaitVerdict("fine.jar", true);
    Files.write(dropped, Arrays.copyOf(Files.readAllBytes(jar("1.1.0")), 300));
    assertThat(awaitVerdict("fine.jar", false)).contains("is no whole jar");
    assertThat(framework.runs("fine")).isEqualTo("1.0.0");
    Files.delete(dropped);
    awaitVersion("not installed");
    await().atMost(Duration.ofSeconds(60)).until(() -> folder.verdicts().isEmpty());
  }

  @Test
  void nothingIsInstalledBeforeEveryBundleHadItsTurn() throws Exception {
    FrameworkStartLevel levels = framework.context().getBundle(0).adapt(FrameworkStartLevel.class);
    levels.setInitialBundleStartLevel(levels.getStartLevel() + 10);
    Path data = directory.resolve("later");
    DropFolder later =
        new DropFolder(
            framework.context(), data, framework.deployer(), true, new Settling(MOMENT, MOMENT));
    try {
      levels.setStartLevel(levels.getStartLevel() + 5);
      await().atMost(Duration.ofSeconds(60)).until(() -> levels.getStartLevel() == 25);
      assertThat(data.resolve("deploy")).doesNotExist();
      levels.setStartLevel(levels.getInitialBundleStartLevel());
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.isDirectory(data.resolve("deploy")));
    } finally {
      later.close();
    }
  }

  @Test
  void theVerdictsAreKnownToTheNextStart() throws Exception {
    Files.writeString(drop.resolve("text.jar"), "no jar");
    awaitVerdict("text.jar", false);
    assertThat(new Verdicts(directory.resolve("data/bundles/verdicts.json")).all())
        .isEqualTo(folder.verdicts());
  }
}
