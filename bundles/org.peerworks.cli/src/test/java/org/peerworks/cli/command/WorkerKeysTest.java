package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that let a worker in, by option, file or variable. */
final class WorkerKeysTest {

  private static final Path HERE = Path.of("/lab");
  private Path here = HERE;
  private final StringWriter err = new StringWriter();

  @Test
  void anAccountKeyComesWithItsRoom() {
    assertThat(worker(Map.of(), "--account-key", "slp_acct_a", "--room", "r"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("room", "r", "key", "slp_acct_a", "keyFile", ""));
    assertThat(worker(Map.of("SLEAP_RTC_ACCOUNT_KEY", "slp_acct_a"), "-r", "r"))
        .containsEntry("key", "slp_acct_a");
    assertThat(
            worker(
                Map.of("SLEAP_RTC_ACCOUNT_KEY", "slp_acct_a", "SLEAP_RTC_DEFAULT_ROOM", "usual")))
        .containsEntry("room", "usual");
  }

  @Test
  void aWorkerTokenKnowsItsRoom() {
    assertThat(worker(Map.of(), "--api-key", "slp_a"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("key", "slp_a", "keyFile", ""));
    assertThat(worker(Map.of("SLEAP_RTC_API_KEY", "slp_a", "SLEAP_RTC_DEFAULT_ROOM", "usual")))
        .containsEntry("key", "slp_a")
        .doesNotContainKey("room");
  }

  @Test
  void aFileHoldsTheKeyWhereOthersCannotReadIt() {
    assertThat(worker(Map.of(), "--key-file", "lab.key", "--room", "r"))
        .containsEntry("keyFile", "/lab/lab.key")
        .containsEntry("key", "");
  }

  @Test
  void whatHasBeenStoredForARoomOpensIt(@TempDir Path home) throws IOException {
    Path credentials = home.resolve(".sleap-rtc/credentials.json");
    Files.createDirectories(credentials.getParent());
    Files.writeString(
        credentials,
        "{\"account_key\":\"slp_acct_stored\",\"tokens\":{\"r\":{\"api_key\":\"slp_stored\","
            + "\"worker_name\":\"w\"}}}");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    here = home;
    assertThat(worker(Map.of(), "--room", "r")).containsEntry("key", "slp_stored");
    assertThat(worker(Map.of(), "--room", "other"))
        .containsEntry("key", "slp_acct_stored")
        .containsEntry("room", "other");
    assertThat(((Parsed.Run) parse(Map.of())).plan().configuration()).isEmpty();
  }

  @Test
  void anOptionGoesBeforeAVariable() {
    Map<String, String> variables = Map.of("SLEAP_RTC_ACCOUNT_KEY", "slp_acct_a");
    assertThat(worker(variables, "--api-key", "slp_b")).containsEntry("key", "slp_b");
    assertThat(worker(variables, "--room", "r", "--token", "t"))
        .containsEntry("token", "t")
        .containsEntry("key", "");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("--account-key", "--account-key", "slp_acct_a", "--api-key", "slp_b");
    refused("--room ID", "--account-key", "slp_acct_a");
    refused("--token", "--room", "r");
    assertThat(err.toString()).doesNotContain("slp_b");
  }

  private Map<String, Object> worker(Map<String, String> variables, String... options) {
    return ((Parsed.Run) parse(variables, options)).plan().configuration().get(Plans.WORKER_PID);
  }

  private void refused(String words, String... options) {
    assertThat(parse(Map.of(), options)).isEqualTo(new Parsed.Answered(ExitStatus.USAGE));
    assertThat(err.toString()).contains(words);
  }

  private Parsed parse(Map<String, String> variables, String... options) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    String[] words = new String[options.length + 1];
    words[0] = "worker";
    System.arraycopy(options, 0, words, 1, options.length);
    return new CommandLines(
            new Surroundings(
                "peerworks", "1.2.3", variables, here, here, nowhere, new PrintWriter(err, true)))
        .read(words);
  }
}
