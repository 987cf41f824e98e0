package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and what wrong usage is told. */
final class UsageTest extends CommandLineTest {

  @Test
  void helpFollowsTheNameThatTheProgramWasCalledBy() {
    assertThat(answer("client-track", "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: sleap-rtc client-track")
        .contains("--session_string")
        .contains("--[no-]only_suggested_frames")
        .contains("  sleap-rtc client-track --session_string \"sleap-session:");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "worker",
        "worker install-service",
        "worker uninstall-service",
        "worker upgrade",
        "worker rollback",
        "signal",
        "signal user",
        "client-train",
        "client-track",
        "client",
        "completion",
        "shell",
        "browse",
        "job",
        "job submit",
        "job types",
        "job list",
        "job show",
        "job log",
        "job attach",
        "job stop",
        "job cancel",
        "login",
        "logout",
        "whoami",
        "status",
        "room",
        "room list",
        "room create",
        "room info",
        "room delete",
        "room invite",
        "room join",
        "room set-default",
        "room create-secret",
        "token",
        "token create",
        "token list",
        "token revoke",
        "token delete",
        "token cleanup",
        "key",
        "key create",
        "key list",
        "key revoke",
        "key use",
        "key show",
        "credentials",
        "credentials list",
        "credentials show",
        "credentials clear",
        "credentials remove-secret",
        "credentials remove-token",
        "credentials remove-account-key",
        "config",
        "config show",
        "config path",
        "config add-mount",
        "config remove-mount",
        "config init",
        "config add-path-mapping",
        "config remove-path-mapping",
        "config list-path-mappings"
      })
  void everyLevelHasHelpWithAnExampleAndAVersion(String command) {
    program = "peerworks";
    List<String> words = command.isEmpty() ? List.of() : List.of(command.split(" "));

    assertThat(answer(with(words, "--help"))).isZero();
    assertThat(out.toString())
        .contains(("Usage: peerworks " + command).strip())
        .contains("Example");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);

    out.getBuffer().setLength(0);
    assertThat(answer(with(words, "--version"))).isZero();
    assertThat(out.toString().strip()).isEqualTo("peerworks 1.2.3");
  }

  @Test
  void theDeprecatedCommandIsNotAdvertised() {
    answer("--help");

    assertThat(out.toString()).contains("client-train").doesNotContainPattern("(?m)^  client ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|Which command?",
        "job|Which command?",
        "job submit -s x|TYPE",
        "job submit sort -s x --param unique|NAME=VALUE",
        "job submit sort -s x --param =true|NAME=VALUE",
        "client-train -s x|--pkg_path",
        "client-train -p x|Which worker?",
        "client-train --room r -p x|--token",
        "client-train -s x --room r -p x|--session_string",
        "client-track -s x -d d|--model_paths",
        "client-train -s x -p x --nonsense|--nonsense",
        "client-train -s x -p x --priority 11|0 to 10",
        "client-train -s x -p x --timeout soon|1h30m",
        "client-train -s x -p x --controller_port 0|1 to 65535",
        "client-train -s x -p x --server http://a|ws://HOST:PORT",
        "client-train -s x -p x --server a:99999|ws://HOST:PORT",
        "worker --room r|--token",
        "worker --shell --json|--shell",
        "worker --data-dir a --data-dir b|only once",
        "worker upgrade|ARCHIVE",
        "worker upgrade a --continue|ARCHIVE",
        "worker upgrade a --sha256 12|64",
        "worker rollback --wait -1|whole seconds",
        "worker install-service -- --name a'b|worker.env",
        "worker install-service -- --shell|--shell",
        "job show -s x|JOB",
        "job list -s x --state asleep|--state",
        "job log j -s x --offset -1|--offset",
        "login --timeout 0|1 hour",
        "room|Which command?",
        "room creat|creat",
        "room list --filter mine|--filter",
        "room create --expires 400d|365d",
        "token create -r r|--name",
        "token create -r r -n n -e 0|1 to 365",
        "key create|--save",
        "config add-mount /x|LABEL",
        "completion fish|bash",
        "completion|SHELL",
        "traim|traim"
      })
  void wrongUsageIsNamedWithAHint(String example) {
    String[] parts = example.split("\\|");
    String[] words = parts[0].isEmpty() ? new String[0] : parts[0].split(" ");

    assertThat(answer(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(parts[1]).containsPattern("Try 'sleap-rtc.* --help'\\.");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void aScriptForCompletionIsPrinted(String shell) {
    assertThat(answer("completion", shell)).isZero();

    assertThat(out.toString())
        .contains("complete -F _complete_peerworks -o default peerworks sleap-rtc")
        .contains("'--only_suggested_frames' '--no-only_suggested_frames'")
        .doesNotContainPattern("commands=\"[^\"]*\\bclient \\b");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aWrongAddressInTheEnvironmentIsNamed() {
    environment.put("SLEAP_RTC_SIGNALING_WS", "ftp://lab");

    assertThat(answer("worker")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("SLEAP_RTC_SIGNALING_WS").contains("ftp://lab");
  }

  private static String[] with(List<String> words, String last) {
    String[] all = words.toArray(new String[words.size() + 1]);
    all[words.size()] = last;
    return all;
  }

  /** Options of the first programs, as their help lists them (sleap-rtc §4.1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train -s x -c /w/a.yaml -v",
        "train -s x -c /w/a.yaml -q --mount vast",
        "train -r x --worker-id w --non-interactive --room-secret y --token t -c /w/a.yaml -v",
        "track -s x -d /w/a.slp -m /w/m -v",
        "track -s x -d /w/a.slp -m /w/m -q",
        "client-train -s x -p a.zip -q",
        "client-track -s x -d a.slp -m m -v",
        "worker -v --room-secret AAECAwQFBgcICQoLDA0ODw --max-reconnect-time 30m",
        "token create -r r -n n --no-save"
      })
  void whatScriptsOfTheFirstProgramsSayIsUnderstood(String line) {
    run(line.split(" "));
  }

  @Test
  void aQuietCommandLeavesOutTheLog() {
    assertThat(run("train", "-s", "x", "-c", "/w/a.yaml", "-q").quiet()).isTrue();
    assertThat(run("train", "-s", "x", "-c", "/w/a.yaml", "-v").quiet()).isFalse();
    assertThat(answer("track", "-s", "x", "-d", "/a", "-m", "/m", "-v", "-q")).isEqualTo(2);
  }

  @Test
  void theSecretOfAWorkersRoomIsConfiguredAndWhatHasNoEffectIsSaid() {
    LaunchPlan plan =
        run("worker", "--room-secret", "AAECAwQFBgcICQoLDA0ODw", "--max-reconnect-time", "2h")
            .plan();

    assertThat(plan.configuration().get("org.peerworks.protocol.sleap"))
        .containsEntry("roomSecret", "AAECAwQFBgcICQoLDA0ODw");
    assertThat(err.toString()).contains("--max-reconnect-time has no effect");
  }

  @Test
  void secretsNeedNotBeOnTheCommandLine() {
    environment.put("PEERWORKS_SESSION", "sleap-session:env");
    environment.put("PEERWORKS_TOKEN", "t0k3n");
    assertThat(target("client-train", "-p", "a.zip").session()).contains("sleap-session:env");
    assertThat(target("client-train", "-p", "a.zip", "-s", "x").session()).contains("x");
    Invocation.Target byRoom = target("client-train", "-p", "a.zip", "-r", "r");
    assertThat(byRoom.session()).isEmpty();
    assertThat(byRoom.token()).contains("t0k3n");
    assertThat(target("client-train", "-p", "a.zip", "-r", "r", "-t", "x").token()).contains("x");
  }

  @Test
  void secretsAreReadFromTheFirstLineOfStandardInput() throws IOException {
    InputStream before = System.in;
    InputStream in =
        new ByteArrayInputStream(" sleap-session:in\r\nyes\n".getBytes(StandardCharsets.UTF_8));
    System.setIn(in);
    try {
      assertThat(target("client-train", "-p", "a.zip", "-s", "-").session())
          .contains("sleap-session:in");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("yes\n");
      assertThat(answer("client-train", "-p", "a.zip", "-r", "r", "-t", "-")).isEqualTo(2);
      assertThat(err.toString()).contains("should be a token, but is empty");
    } finally {
      System.setIn(before);
    }
  }

  private Invocation.Target target(String... words) {
    return train(words).target();
  }
}
