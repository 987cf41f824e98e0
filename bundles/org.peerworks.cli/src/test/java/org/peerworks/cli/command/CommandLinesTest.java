package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommandLinesTest extends CommandLineTest {

  private static final String SESSION = "sleap-session:eyJyIjogImFiYzEyMyIs...";

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

    assertThat(plan.features()).containsExactly("client", "direct");
    assertThat(plan.privateFramework()).isTrue();
    assertThat(plan.staysUntilStopped()).isFalse();
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
    assertThat(train.target().choice().workerId()).contains("w");
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
                "t",
                "key",
                "",
                "keyFile",
                ""))
        .containsEntry(
            "org.peerworks.signaling.server",
            Map.of("host", "0.0.0.0", "webSocketPort", 9000, "httpPort", 9001));
    assertThat(plan.dataDirectory()).isEqualTo(HERE.resolve("d"));
    assertThat(plan.toString()).doesNotContain("127.0.0.1");
  }

  @Test
  void aWorkersWorkingDirectoryIsThatOfItsMounts() {
    LaunchPlan plan = run("worker", "-w", "vast/../lab").plan();

    assertThat(plan.configuration())
        .containsEntry(
            "org.peerworks.files.resolver",
            Map.of("workingDirectory", HERE.resolve("lab").toString()));
    assertThat(plan.dataDirectory()).isEqualTo(run("worker").plan().dataDirectory());
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
  void aJobOfAnyTypeTakesFilesAndParameters() {
    Parsed.Run run =
        run(
            "job",
            "submit",
            "sort",
            "a.txt",
            "b.txt",
            "--param",
            "unique=true",
            "-p",
            "by=a=b",
            "--params",
            "p.json",
            "-o",
            "out",
            "-s",
            "x",
            "--priority",
            "9");

    assertThat(run.plan().features()).containsExactly("client", "direct");
    assertThat(run.invocation())
        .isInstanceOfSatisfying(
            Invocation.JobSubmit.class,
            submit -> {
              assertThat(submit.type()).isEqualTo("sort");
              assertThat(submit.files())
                  .containsExactly(HERE.resolve("a.txt"), HERE.resolve("b.txt"));
              assertThat(submit.values()).containsExactly("unique=true", "by=a=b");
              assertThat(submit.parameters()).contains(HERE.resolve("p.json"));
              assertThat(submit.output()).contains(HERE.resolve("out"));
              assertThat(submit.submission().priority()).contains(9);
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
    assertThat(run("job", "stop", "j1", "-s", "x").invocation())
        .isInstanceOf(Invocation.JobStop.class);
    assertThat(run("job", "cancel", "j1", "-s", "x").invocation())
        .isInstanceOf(Invocation.JobCancel.class);
  }

  @Test
  void aNameThatStartsWithAnAtSignIsNoFileOfArguments() {
    assertThat(train("client-train", "-s", "x", "-p", "@package.zip").pkg())
        .isEqualTo(HERE.resolve("@package.zip"));
  }
}
