package org.peerworks.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ServiceInvocation.Patience;
import org.peerworks.cli.terminal.Console;

/** A change of versions that goes well, does not, or is cut off anywhere. */
final class ChangeoverTest {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(20));

  @TempDir Path prefix;

  @TempDir Path data;

  private Versions versions;
  private Supervised service;

  /** The power is gone. */
  private static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Runs what the link points to, as systemd does. */
  private final class Supervised implements Service {
    private final Set<String> broken = new HashSet<>();
    private String running = "";
    private boolean migrates;
    private boolean came;
    private int pid = 100;
    private int left = Integer.MAX_VALUE;

    private void step() {
      if (left-- == 0) {
        running = "";
        throw new PowerCut();
      }
    }

    @Override
    public Status status() {
      step();
      return new Status(came && !running.isEmpty(), false, came ? pid : 0, "It ended.");
    }

    @Override
    public void start() throws IOException {
      step();
      if (running.isEmpty()) {
        running = versions.current().orElseThrow();
        pid++;
        if (migrates && running.equals("2.0")) {
          Files.writeString(store(), "form of 2");
        }
        boolean reads = running.equals("2.0") || Files.readString(store()).equals("jobs");
        came = reads && !broken.contains(running);
        running = came ? running : "";
      }
    }

    @Override
    public void stop() {
      step();
      running = "";
      came = false;
    }

    @Override
    public void drain() {
      step();
      running = "";
      came = false;
    }
  }

  @BeforeEach
  void twoVersions() throws Exception {
    versions = new Versions(prefix);
    for (String name : new String[] {"1.0", "2.0"}) {
      versions.add(versions.prepare(), name);
    }
    versions.switchTo("1.0");
    Files.createDirectories(data.resolve("store"));
    Files.writeString(store(), "jobs");
    service = new Supervised();
    service.start();
  }

  private Path store() {
    return data.resolve("store/peerworks.db");
  }

  private Changeover changeover() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Changeover(
        versions,
        service,
        new Trial(service, PATIENCE),
        new StoreCopy(data, prefix.resolve("store-before")),
        Console.on(nowhere, nowhere, InputStream.nullInputStream(), false, false, 80));
  }

  @Test
  void aVersionThatIsWellStaysAndKnowsTheOneBefore() throws Exception {
    changeover().to("2.0");

    assertThat(service.running).isEqualTo("2.0");
    assertThat(versions.current()).contains("2.0");
    assertThat(versions.previous()).contains("1.0");
    assertThat(versions.pending()).isEmpty();
  }

  @Test
  void aVersionThatDoesNotComeUpGivesItsPlaceBackWithTheReason() throws Exception {
    service.broken.add("2.0");

    assertThatThrownBy(() -> changeover().to("2.0"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Version 1.0 runs again")
        .hasMessageContaining("It did not come up. It ended.");

    assertThat(service.running).isEqualTo("1.0");
    assertThat(versions.current()).contains("1.0");
    assertThat(versions.previous()).as("there was none before").isEmpty();
    assertThat(versions.pending()).isEmpty();
    assertThat(store()).hasContent("jobs");
  }

  @Test
  void ofTwoVersionsThatDoNotComeUpTheProvedOneHasItsPlace() {
    service.broken.add("1.0");
    service.broken.add("2.0");

    assertThatThrownBy(() -> changeover().to("2.0")).hasMessageContaining("Neither version");

    assertThat(Files.exists(prefix.resolve("pending"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereverTheChangeIsCutOffOneWholeVersionIsLeftAndComesUp(boolean well) throws Exception {
    boolean cut = true;
    for (int after = 0; cut; after++) {
      reset(well);
      service.left = after;
      cut = false;
      try {
        changeover().to("2.0");
      } catch (PowerCut e) {
        cut = true;
      } catch (CommandFailure e) {
        assertThat(well).isFalse();
      }
      String left = versions.current().orElseThrow();
      assertThat(versions.directory(left)).isDirectory();
      service.left = Integer.MAX_VALUE;
      restart();

      assertThat(service.running).as("after step %s", after).isIn("1.0", "2.0");
      assertThat(versions.current()).contains(service.running);
      assertThat(versions.pending()).isEmpty();
      if (!well) {
        assertThat(service.running).isEqualTo("1.0");
      }
    }
  }

  /** What happens when the machine is back: systemd starts both units. */
  private void restart() throws Exception {
    service.start();
    var pending = versions.pending();
    if (pending.isPresent()) {
      try {
        changeover().finish(pending.get());
      } catch (CommandFailure e) {
        assertThat(e).hasMessageContaining("runs again");
      }
    }
  }

  private void reset(boolean well) throws Exception {
    service.left = Integer.MAX_VALUE;
    service.stop();
    versions.end();
    versions.switchTo("1.0");
    Files.writeString(store(), "jobs");
    service.broken.clear();
    if (!well) {
      service.broken.add("2.0");
    }
    service.start();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasNotTriedIsNotTriedAfterACutOff(boolean copied) throws Exception {
    service.stop();
    versions.begin("1.0", "2.0");
    if (copied) {
      new StoreCopy(data, prefix.resolve("store-before")).take();
    }

    restart();

    assertThat(service.running).isEqualTo("1.0");
    assertThat(versions.pending()).isEmpty();
  }

  @Test
  void aStoreThatTheProvedVersionCannotReadIsPutBackAndTheOtherKept() throws Exception {
    service.broken.add("2.0");
    service.migrates = true;

    assertThatThrownBy(() -> changeover().to("2.0")).hasMessageContaining("Version 1.0 runs again");

    assertThat(service.running).isEqualTo("1.0");
    assertThat(store()).hasContent("jobs");
    assertThat(store().resolveSibling("peerworks.db.2.0")).hasContent("form of 2");
  }

  @Test
  void oldVersionsGoButNeitherTheCurrentNorThePreviousOne() throws Exception {
    versions.add(versions.prepare(), "0.9");
    versions.begin("1.0", "2.0");
    versions.switchTo("2.0");
    versions.end();

    assertThat(versions.deleteOld()).containsExactly("0.9");
    assertThat(versions.directory("1.0")).isDirectory();
    assertThat(versions.directory("2.0")).isDirectory();
  }
}
