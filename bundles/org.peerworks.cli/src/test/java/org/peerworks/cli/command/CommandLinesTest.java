package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLinesTest {

  private static final String SESSION = "sleap-session:eyJyIjogImFiYzEyMyIs...";
  private static final Path HERE = Path.of("/somewhere/here");

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String program = "sleap-rtc";

  @Test
  void aWorkerNeedsNoOptions() {
    Parsed.Run run = run("worker");

    assertThat(run.plan().features()).containsExactly("worker");
    assertThat(run.plan().configuration()).isEmpty();
    assertThat(run.plan().dataDirectory()).isEqualTo(Path.of("/home/anna/.local/share/peerworks"));
    assertThat(run.plan().privateFramework()).isFalse();
    assertThat(run.plan().staysUntilStopped()).isTrue();
  }

  @Test
  void theTrainingExampleOfSleapRtcIsUnderstood() {
    Invocation.Train train =
        train("client-train", "--session_string", SESSION, "--pkg_path", "labels.v929.slp");

    assertThat(train.pkg()).isEqualTo(HERE.resolve("labels.v929.slp"));
    assertThat(train.target().session()).contains(SESSION);
    assertThat(train.target().server()).isEqualTo(Server.LOCAL);
    assertThat(train.configs()).isEmpty();
    assertThat(train.deprecatedName()).isFalse();
  }

  @Test
  void aClientHasAFrameworkOfItsOwnAndEnds() {
    LaunchPlan plan = run("client-train", "-s", SESSION, "-p", "labels.slp").plan();

    assertThat(plan.features()).containsExactly("client");
    assertThat(plan.privateFramework()).isTrue();
    assertThat(plan.staysUntilStopped()).isFalse();
  }

  @Test
  void theTrackingExampleOfSleapRtcIsUnderstood() {
    Invocation.Track track =
        track(
            "client-track",
            "--session_string",
            SESSION,
            "--data_path",
            "labels.v929.slp",
            "--model_paths",
            "models/centroid_251024_152308",
            "--model_paths",
            "models/centered_instance_251024_152308",
            "--output",
            "out/predictions.slp");

    assertThat(track.data()).isEqualTo(HERE.resolve("labels.v929.slp"));
    assertThat(track.models())
        .containsExactly("models/centroid_251024_152308", "models/centered_instance_251024_152308");
    assertThat(track.output()).isEqualTo(HERE.resolve("out/predictions.slp"));
    assertThat(track.onlySuggestedFrames()).isTrue();
  }

  @Test
  void predictionsHaveANameIfNoneIsGiven() {
    Invocation.Track track = track("client-track", "-s", SESSION, "-d", "new.slp", "-m", "m");

    assertThat(track.output()).isEqualTo(HERE.resolve("predictions.slp"));
  }

  @Test
  void oneOptionTakesTheModelsThatAShellMakesOfAPattern() {
    Invocation.Track track =
        track(
            "client-track",
            "--session_string",
            "...",
            "--data_path",
            "new_data.slp",
            "--model_paths",
            "models/centroid_1",
            "models/centroid_2",
            "--model_paths",
            "models/centered_1",
            "-o",
            "p.slp");

    assertThat(track.models())
        .containsExactly("models/centroid_1", "models/centroid_2", "models/centered_1");
    assertThat(track.output()).isEqualTo(HERE.resolve("p.slp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--only_suggested_frames", "--only-suggested-frames"})
  void namingTheDefaultDoesNotTurnItOff(String flag) {
    assertThat(track("client-track", "-s", "x", "-d", "d", flag, "-m", "m").onlySuggestedFrames())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-only_suggested_frames", "--no-only-suggested-frames"})
  void allFramesAreTrackedOnRequest(String flag) {
    assertThat(track("client-track", "-s", "x", "-d", "d", "-m", "m", flag).onlySuggestedFrames())
        .isFalse();
  }

  @Test
  void theOldNameOfTrainingIsUnderstoodAndNoted() {
    assertThat(train("client", "--session_string", "...", "--pkg_path", "data.slp"))
        .extracting(Invocation.Train::deprecatedName)
        .isEqualTo(true);
  }

  @Test
  void hyphensAreAsGoodAsUnderscores() {
    Invocation.Train train =
        train(
            "client-train",
            "--session-string=" + SESSION,
            "--pkg-path",
            "labels.slp",
            "--controller-port",
            "9100",
            "--publish_port=9101",
            "--working_dir",
            "project",
            "--non_interactive");

    assertThat(train.target().session()).contains(SESSION);
    assertThat(train.pkg()).isEqualTo(HERE.resolve("project/labels.slp"));
    assertThat(train.target().workingDirectory()).isEqualTo(HERE.resolve("project"));
    assertThat(train.target().interactive()).isFalse();
  }

  @Test
  void configurationsKeepTheirOrder() {
    Invocation.Train train =
        train("client-train", "-s", "x", "-p", "l.slp", "--config", "b.yaml", "-c", "a.yaml");

    assertThat(train.configs()).containsExactly(HERE.resolve("b.yaml"), HERE.resolve("a.yaml"));
  }

  @Test
  void aRoomAndItsTokenStandForASessionString() {
    Invocation.Train train =
        train("client-train", "--room", "r1", "--token", "t1", "--worker-id", "w", "-p", "l.zip");

    assertThat(train.target().room()).contains("r1");
    assertThat(train.target().token()).contains("t1");
    assertThat(train.target().workerId()).contains("w");
    assertThat(train.target().toString()).doesNotContain("t1");
  }

  @Test
  void aJobTakesPriorityAndTimeLimit() {
    Invocation.Submission submission =
        train("client-train", "-s", "x", "-p", "p", "--priority", "9", "--timeout", "1h30m")
            .submission();

    assertThat(submission.priority()).contains(9);
    assertThat(submission.timeout()).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void theServerComesFromTheEnvironmentUnlessAnOptionSaysSo() {
    environment.put("SLEAP_RTC_SIGNALING_WS", "ws://lab:9000");
    environment.put("SLEAP_RTC_SIGNALING_HTTP", "http://lab:9001");

    assertThat(train("client-train", "-s", "x", "-p", "p").target().server())
        .isEqualTo(new Server(URI.create("ws://lab:9000"), URI.create("http://lab:9001")));
    assertThat(
            train("client-train", "-s", "x", "-p", "p", "--server", "wss://other.org")
                .target()
                .server())
        .isEqualTo(new Server(URI.create("wss://other.org"), URI.create("https://other.org")));
  }

  @Test
  void aServersHttpAddressFollowsFromItsWebSocketAddress() {
    assertThat(Server.of("127.0.0.1:4711").http()).isEqualTo(URI.create("http://127.0.0.1:8001"));
    assertThat(Server.of("lab").webSocket()).isEqualTo(URI.create("ws://lab:8080"));
    assertThat(Server.of("wss://lab:8443").http()).isEqualTo(URI.create("https://lab:8443"));
    assertThat(Server.of("ws://[::1]:8080").http()).isEqualTo(URI.create("http://[::1]:8001"));
  }

  @Test
  void aWorkersOptionsBecomeItsConfiguration() {
    LaunchPlan plan =
        run(
                "worker",
                "--name",
                "gpu-1",
                "--room",
                "r",
                "--token",
                "t",
                "--server",
                "ws://0.0.0.0:9000",
                "--server-http",
                "http://0.0.0.0:9001",
                "--with-signal",
                "--shell",
                "--data-dir",
                "d")
            .plan();

    assertThat(plan.features()).containsExactly("signaling", "worker", "shell");
    assertThat(plan.configuration())
        .containsEntry(
            "org.peerworks.worker",
            Map.of(
                "serverWebSocket",
                "ws://127.0.0.1:9000",
                "serverHttp",
                "http://127.0.0.1:9001",
                "name",
                "gpu-1",
                "room",
                "r",
                "token",
                "t"))
        .containsEntry(
            "org.peerworks.signaling.server",
            Map.of("host", "0.0.0.0", "webSocketPort", 9000, "httpPort", 9001));
    assertThat(plan.dataDirectory()).isEqualTo(HERE.resolve("d"));
    assertThat(plan.toString()).doesNotContain("127.0.0.1");
  }

  @Test
  void aSignallingServerListensWhereItIsTold() {
    Parsed.Run run = run("signal", "--server", "0.0.0.0:9090", "--json");

    assertThat(run.invocation().json()).isTrue();
    assertThat(run.plan().features()).containsExactly("signaling");
    assertThat(run.plan().configuration())
        .containsEntry(
            "org.peerworks.signaling.server",
            Map.of("host", "0.0.0.0", "webSocketPort", 9090, "httpPort", 8001));
  }

  @Test
  void theDataDirectoryComesFromTheEnvironment() {
    environment.put("XDG_DATA_HOME", "/xdg");
    assertThat(run("signal").plan().dataDirectory()).isEqualTo(Path.of("/xdg/peerworks"));

    environment.put("PEERWORKS_DATA", "/var/lib/peerworks");
    assertThat(run("signal").plan().dataDirectory()).isEqualTo(Path.of("/var/lib/peerworks"));
  }

  @Test
  void jobsAreListedByState() {
    assertThat(run("job", "list", "-s", "x", "--state", "queued", "--state", "RUNNING", "--json"))
        .extracting(Parsed.Run::invocation, type(Invocation.JobList.class))
        .satisfies(
            list -> {
              assertThat(list.states()).isEqualTo(Set.of("QUEUED", "RUNNING"));
              assertThat(list.limit()).isEqualTo(50);
              assertThat(list.json()).isTrue();
            });
  }

  @Test
  void theOtherJobCommandsNameOneJob() {
    assertThat(run("job", "show", "j1", "-s", "x").invocation())
        .isInstanceOfSatisfying(
            Invocation.JobShow.class, show -> assertThat(show.id()).isEqualTo("j1"));
    assertThat(run("job", "log", "-s", "x", "j1", "--follow", "--offset=12").invocation())
        .isInstanceOfSatisfying(
            Invocation.JobLog.class,
            log -> {
              assertThat(log.follow()).isTrue();
              assertThat(log.offset()).isEqualTo(12);
            });
    assertThat(run("job", "attach", "j1", "-s", "x", "-o", "p.slp").invocation())
        .isInstanceOfSatisfying(
            Invocation.JobAttach.class,
            attach -> assertThat(attach.output()).isEqualTo(Optional.of(HERE.resolve("p.slp"))));
    assertThat(run("job", "cancel", "j1", "-s", "x").invocation())
        .isInstanceOf(Invocation.JobCancel.class);
  }

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
        "signal",
        "client-train",
        "client-track",
        "client",
        "job",
        "job list",
        "job show",
        "job log",
        "job attach",
        "job cancel"
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
        "worker --data-dir a --working-dir b|only once",
        "job show -s x|JOB",
        "job list -s x --state asleep|--state",
        "job log j -s x --offset -1|--offset",
        "traim|traim"
      })
  void wrongUsageIsNamedWithAHint(String example) {
    String[] parts = example.split("\\|");
    String[] words = parts[0].isEmpty() ? new String[0] : parts[0].split(" ");

    assertThat(answer(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(parts[1]).containsPattern("Try 'sleap-rtc.* --help'\\.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWrongAddressInTheEnvironmentIsNamed() {
    environment.put("SLEAP_RTC_SIGNALING_WS", "ftp://lab");

    assertThat(answer("worker")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("SLEAP_RTC_SIGNALING_WS").contains("ftp://lab");
  }

  @Test
  void aNameThatStartsWithAnAtSignIsNoFileOfArguments() {
    assertThat(train("client-train", "-s", "x", "-p", "@package.zip").pkg())
        .isEqualTo(HERE.resolve("@package.zip"));
  }

  private static String[] with(List<String> words, String last) {
    String[] all = words.toArray(new String[words.size() + 1]);
    all[words.size()] = last;
    return all;
  }

  private Invocation.Train train(String... words) {
    return (Invocation.Train) run(words).invocation();
  }

  private Invocation.Track track(String... words) {
    return (Invocation.Track) run(words).invocation();
  }

  private Parsed.Run run(String... words) {
    Parsed parsed = parse(words);
    assertThat(parsed).as(err.toString()).isInstanceOf(Parsed.Run.class);
    return (Parsed.Run) parsed;
  }

  private int answer(String... words) {
    return ((Parsed.Answered) parse(words)).status();
  }

  private Parsed parse(String... words) {
    return new CommandLines(
            new Surroundings(
                program,
                "1.2.3",
                environment,
                HERE,
                Path.of("/home/anna"),
                new PrintWriter(out, true),
                new PrintWriter(err, true)))
        .read(words);
  }
}
