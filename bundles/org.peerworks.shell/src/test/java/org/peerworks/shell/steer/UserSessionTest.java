package org.peerworks.shell.steer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.shell.api.Role;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;
import org.peerworks.shell.internal.CommandCompletion;
import org.peerworks.shell.rules.Rules;

class UserSessionTest {

  /** Commands of a bundle. */
  public static final class Tea {

    private final List<String> made = new ArrayList<>();

    @Descriptor("Lists what was made")
    public Object list(
        @Descriptor("print JSON")
            @Parameter(
                names = {"--json"},
                presentValue = "true",
                absentValue = "false")
            boolean json) {
      return json ? "[]" : made;
    }

    @Descriptor("Makes tea")
    public String make(@Descriptor("which") String kind) {
      if (kind.equals("coffee")) {
        throw new IllegalArgumentException("This is a teapot.");
      }
      made.add(kind);
      System.out.println("Makes " + kind);
      return "Made " + kind;
    }

    public void wait(String forever) throws InterruptedException {
      Thread.currentThread().interrupt();
      Thread.sleep(60_000);
    }

    public String secretBusiness() {
      throw new AssertionError("No command.");
    }

    public Map<String, String> kinds() {
      return Map.of("green", "leaves", "black", "dust");
    }
  }

  @TempDir private Path directory;

  private final Tea tea = new Tea();
  private final MemoryLog log = new MemoryLog();
  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CommandCompletion completion = new CommandCompletion();
  private Recorder recorder;
  private Kind kind;
  private GogoShell shell;

  @BeforeEach
  void open() throws IOException {
    threads.start();
    for (String function : List.of("list", "make", "wait")) {
      processor.addCommand("tea", tea, function);
    }
    processor.addConstant("context", "the bundle context");
    completion.add(
        tea,
        Map.of(
            "osgi.command.scope",
            "tea",
            "peerworks.complete",
            new String[] {"list", "make kinds"}));
    Path rulesOfHome = Files.createDirectories(directory.resolve("config/org.peerworks.shell"));
    Files.writeString(
        rulesOfHome.resolve("tea.rules"),
        "list = viewer\nmake /green/ = operator\nwait = operator\n* = administrator\n");
    Rules rules = new Rules(directory.resolve("data"), directory);
    recorder = new Recorder();
    recorder.log(log);
    kind = new Kind(rules);
    shell = new GogoShell(processor, threads, rules, recorder, kind, completion);
  }

  @AfterEach
  void stop() {
    processor.stop();
    threads.stop();
  }

  @Test
  void aViewerLooksAndLeavesNoRecord() {
    assertThat(run(Role.VIEWER, "tea:list --json")).isEqualTo(ShellSession.DONE);
    assertThat(out()).isEqualTo("[]\n");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whatAViewerMayNotDoIsRefusedAndOnRecord() {
    assertThat(run(Role.VIEWER, "tea:make green")).isEqualTo(ShellSession.REFUSED);

    assertThat(err()).contains("needs the role operator").contains("anna has the role viewer");
    assertThat(tea.made).isEmpty();
    assertThat(log.lines()).containsExactly("anna ssh 10.0.0.7 REFUSED tea:make green");
  }

  @Test
  void anOperatorChangesWhatTheRulesAllow() {
    assertThat(run(Role.OPERATOR, "tea:make green")).isEqualTo(ShellSession.DONE);
    assertThat(out()).isEqualTo("Makes green\nMade green\n");
    assertThat(run(Role.OPERATOR, "TEA:Make black")).isEqualTo(ShellSession.REFUSED);

    assertThat(tea.made).containsExactly("green");
    assertThat(log.lines())
        .containsExactly(
            "anna ssh 10.0.0.7 BEGUN tea:make green",
            "anna ssh 10.0.0.7 DONE tea:make green",
            "anna ssh 10.0.0.7 REFUSED TEA:Make black");
  }

  @Test
  void anErrorIsToldAndOnRecord() {
    assertThat(run(Role.ADMINISTRATOR, "tea:make coffee")).isEqualTo(ShellSession.FAILED);
    assertThat(err()).isEqualTo("This is a teapot.\n");
    assertThat(log.lines().get(1)).contains("FAILED");
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    log.fill();
    assertThat(run(Role.ADMINISTRATOR, "tea:make green")).isEqualTo(ShellSession.FAILED);
    assertThat(tea.made).isEmpty();
    assertThat(err()).contains("No space left");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tea:list | tea:make green",
        "tea:list; tea:make green",
        "$.context getBundles",
        "$context",
        "x = { tea:make black }",
        "{ tea:make black }",
        "(tea:list) add black",
        "tea:list $(tea:make black)",
        "tea:list \"$(tea:make black)\"",
        "tea:list\ntea:make black",
        "new java.lang.ProcessBuilder ls",
        "tea:list `tea:make black`",
        "*:make black",
        "*:list",
        ":list",
        "tea:",
        "tea:secretBusiness",
        "tea:kinds",
        "tea:getClass",
        ".commands",
        ".variables",
        ".context",
        "context",
        "#list",
        "make black",
        "tea:make:x black",
        "t\u0000ea:make black",
        "ＴＥＡ:make black",
        "tea:make black",
        "'tea:make' black",
        "tea\\:make black",
        "gogo:eval tea:make black",
        "addcommand x y",
        "%(1+1)",
        "tea:make green\\\nblack",
        "echo ${tea}",
        "tea:list > /tmp/x",
        "tea:list {tea:make black}"
      })
  void aViewerFindsNoWayRoundTheRules(String line) {
    int status = run(Role.VIEWER, line);

    assertThat(status).isIn(ShellSession.USAGE, ShellSession.REFUSED, ShellSession.DONE);
    assertThat(tea.made).isEmpty();
    assertThat(out()).doesNotContain("the bundle context");
    if (status == ShellSession.DONE) {
      assertThat(line).startsWith("#");
    }
  }

  @Test
  void argumentsAreWordsAndNothingElse() {
    run(Role.ADMINISTRATOR, "tea:make '$(tea:make x)'");
    run(Role.ADMINISTRATOR, "tea:make a*b=~%");
    assertThat(tea.made).containsExactly("$(tea:make x)", "a*b=~%");
  }

  @Test
  void anAdministratorHasGogosLanguage() {
    assertThat(run(Role.ADMINISTRATOR, "x = (tea:list); tea:make green | tac; $x size"))
        .isEqualTo(ShellSession.FAILED); // 'tac' is of another bundle
    assertThat(run(Role.ADMINISTRATOR, "(tea:list) size")).isEqualTo(ShellSession.DONE);
    assertThat(log.lines()).anyMatch(line -> line.contains("BEGUN (tea:list) size"));
    int before = log.lines().size();
    assertThat(run(Role.ADMINISTRATOR, "(tea:list)")).isEqualTo(ShellSession.DONE);
    assertThat(log.lines()).hasSize(before);
  }

  @Test
  void anInterruptEndsACommand() {
    assertThat(run(Role.OPERATOR, "tea:wait x")).isEqualTo(ShellSession.INTERRUPTED);
    assertThat(err()).isEqualTo("Interrupted.\n");
  }

  @Test
  void helpAndCompletionNameWhatTheUserMayUse() {
    assertThat(run(Role.VIEWER, "help")).isZero();
    assertThat(out()).contains("tea:list  Lists what was made").doesNotContain("tea:make");
    assertThat(run(Role.OPERATOR, "help tea:make")).isZero();
    assertThat(out()).contains("tea:make KIND\n  Makes tea\n  KIND  which");

    assertThat(words(Role.VIEWER, "tea:")).containsExactly("tea:list");
    assertThat(words(Role.OPERATOR, "tea:m")).containsExactly("tea:make");
    assertThat(words(Role.OPERATOR, "tea:make", "")).containsExactlyInAnyOrder("green", "black");
    assertThat(words(Role.VIEWER, "tea:make", "")).isEmpty();
    assertThat(words(Role.VIEWER, "tea:list", "--")).containsExactly("--json");
  }

  @Test
  void aMistypedCommandIsTold() {
    assertThat(run(Role.VIEWER, "tea:lits")).isEqualTo(ShellSession.USAGE);
    assertThat(err()).contains("did you mean 'tea:list'?");
    assertThat(run(Role.VIEWER, "tea:list one two")).isEqualTo(ShellSession.USAGE);
    assertThat(err()).contains("arguments do not fit");
    assertThat(run(Role.VIEWER, "tea:list 'x")).isEqualTo(ShellSession.USAGE);
    assertThat(run(Role.VIEWER, "  # nothing")).isEqualTo(ShellSession.DONE);
  }

  @Test
  void whatIsTypedAtTheTerminalIsRecordedIfItChangesSomething() throws Exception {
    TerminalRecords records = new TerminalRecords(recorder, kind);
    processor.addListener(records);
    CommandSession session =
        processor.createSession(new ByteArrayInputStream(new byte[0]), out, err);
    session.put("SCOPE", "tea:*");

    session.execute(new Parser("tea:list").program());
    session.execute(new Parser("list --json").program());
    session.execute("tea:make white"); // as a profile or a completion does
    assertThat(log.lines()).isEmpty();

    session.execute(new Parser("make green").program());
    session.execute(new Parser("x = (tea:make white)").program());
    assertThat(log.lines())
        .first()
        .asString()
        .startsWith("local/" + System.getProperty("user.name") + " terminal BEGUN make green");
    assertThat(log.lines()).anyMatch(line -> line.contains("x = (tea:make white)"));
  }

  private int run(Role role, String line) {
    out.reset();
    err.reset();
    try (ShellSession session = session(role)) {
      return session.run(line);
    }
  }

  private List<String> words(Role role, String... words) {
    try (ShellSession session = session(role)) {
      return session.complete(List.of(words)).stream().map(ShellSession.Suggestion::word).toList();
    }
  }

  private ShellSession session(Role role) {
    return shell.open(
        new ShellUser("anna", role, "ssh 10.0.0.7"),
        new ByteArrayInputStream(new byte[0]),
        out,
        err);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
