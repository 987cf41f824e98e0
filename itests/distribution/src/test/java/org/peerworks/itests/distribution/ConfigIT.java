package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong configuration files. */
class ConfigIT {

  private static final Pattern NUMBER = Pattern.compile("(?m)^#([A-Za-z]+) = -?[0-9]+$");
  private static final int WRONG = 74;

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  /** Only what is loaded is checked: the door for shells is opened, and 'direct' is not there. */
  private static final String OPENED = "org.peerworks.shell.ssh.cfg";

  private static final String NOT_LOADED = "org.peerworks.transport.direct.cfg";

  /** The keys that are numbers by default, by the name of their file. */
  private Map<String, List<String>> numbers() throws IOException {
    Map<String, List<String>> numbers = new TreeMap<>();
    try (Stream<Path> files = Files.list(lab.workerHome().resolve("config"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        List<String> keys = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(Files.readString(file));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
        numbers.put(file.getFileName().toString(), keys);
      }
    }
    numbers.remove(NOT_LOADED);
    return numbers;
  }

  @Test
  void everyValueOfAWrongTypeIsNamedWithItsFileAndWhatWasExpected() throws Exception {
    Map<String, List<String>> numbers = numbers();
    assertThat(numbers.values().stream().mapToInt(List::size).sum()).isGreaterThan(40);
    for (Map.Entry<String, List<String>> file : numbers.entrySet()) {
      lab.configureWorker(
          file.getKey().replace(".cfg", ""),
          (file.getKey().equals(OPENED) ? "enabled = true\n" : "")
              + String.join("", file.getValue().stream().map(key -> key + " = many\n").toList()));
    }

    Running worker = lab.worker("--with-signal");

    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(WRONG);
    assertThat(worker.out()).isEmpty();
    numbers.forEach(
        (file, keys) ->
            assertThat(keys)
                .allSatisfy(
                    key ->
                        assertThat(worker.err())
                            .anySatisfy(
                                line ->
                                    assertThat(line)
                                        .contains("/worker-data/config/" + file)
                                        .contains("'" + key + "' is 'many'; a whole number")
                                        .contains("was expected"))));
  }

  @Test
  void numbersOutOfRangeKeepTheWorkerFromStarting() throws Exception {
    lab.configureWorker("org.peerworks.job.train", "maxEntries = 0\n");
    lab.configureWorker("org.peerworks.job.track", "maxRatio = -4\n");
    lab.configureWorker("org.peerworks.worker", "channelTimeoutSeconds = 0\n");
    lab.configureWorker("org.peerworks.transport.webrtc", "connectTimeoutSeconds = 99999\n");

    Running worker = lab.worker();

    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(WRONG);
    assertThat(worker.transcript())
        .contains("job.train.cfg: 'maxEntries' is '0'; a whole number from 1 to 10000000")
        .contains("job.track.cfg: 'maxRatio' is '-4'; a whole number from 1 to 1000000")
        .contains("worker.cfg: 'channelTimeoutSeconds' is '0'; a whole number from 1 to 86400")
        .contains("webrtc.cfg: 'connectTimeoutSeconds' is '99999'; a whole number from 1 to 600")
        .doesNotContain("Ready for jobs");
  }

  @Test
  void numbersOutOfRangeKeepTheClientFromStarting() throws Exception {
    lab.configure("client-data", "org.peerworks.protocol.peerworks", "maxFileMegabytes = -1\n");
    lab.configure("client-data", "org.peerworks.transport.webrtc", "connectTimeoutSeconds = 0\n");

    Running client = lab.client("job", "list", "--room", "none", "--token", "none");

    assertThat(client.exit()).as(client.transcript()).isEqualTo(WRONG);
    assertThat(client.transcript())
        .contains("/config/org.peerworks.protocol.peerworks.cfg: 'maxFileMegabytes' is '-1'")
        .contains("/config/org.peerworks.transport.webrtc.cfg: 'connectTimeoutSeconds' is '0'");
  }

  @Test
  void anUnknownKeyIsNamedAndTheWorkerStarts() throws Exception {
    lab.configureWorker("org.peerworks.worker", "maxPears = 3\n");
    lab.signal();
    Running worker = lab.worker();
    Lab.session(worker);
    assertThat(worker.transcript())
        .contains("Unknown key 'maxPears'")
        .contains("/config/org.peerworks.worker.cfg'")
        .contains("maxPeers");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    lab.configureWorker("org.peerworks.worker", "maxPeers = 3\n");
    Path file = lab.workerData().resolve("config/org.peerworks.worker.cfg");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    Running worker = lab.workerUnder(BadStartIT.asNobodySpecial());
    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(WRONG);
    assertThat(worker.transcript()).contains("'" + file + "'").contains("may not read it");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, new byte[] {'n', 'a', 'm', 'e', '=', (byte) 0xe4, '\n'});
    Running latin = lab.worker();
    assertThat(latin.exit()).as(latin.transcript()).isEqualTo(WRONG);
    assertThat(latin.transcript()).contains("'" + file + "'").contains("UTF-8");
  }
}
