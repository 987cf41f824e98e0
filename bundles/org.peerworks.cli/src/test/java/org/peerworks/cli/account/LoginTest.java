package org.peerworks.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.OwnCommandLine;
import org.peerworks.cli.command.AccountInvocation;

final class LoginTest {

  @TempDir Path temporary;
  private AccountServer server;
  private OwnCommandLine user;

  @BeforeEach
  void start() throws IOException {
    server = new AccountServer();
    user = new OwnCommandLine(temporary, server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLoginWaitsForThePageAndKeepsWhatTheServerGives() throws IOException {
    server.pending = 2;

    assertThat(user.run("login", "--timeout", "20")).as(user.err()).isZero();

    assertThat(user.out())
        .containsPattern("page: " + server.address() + "/\\?cli_state=[A-Za-z0-9_-]{43}\n")
        .contains("Signed in as anna.");
    assertThat(user.credentials().jwt()).contains(AccountServer.JWT);
    assertThat(user.credentials().accountKey()).contains(AccountServer.KEY);
    assertThat(server.calls.stream().filter(call -> call.contains("poll"))).hasSize(3);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(user.places().credentials())))
        .isEqualTo("rw-------");
    assertThat(user.credentials().server()).contains(server.address().toString());
    assertThat(user.said()).doesNotContain(AccountServer.JWT, "slp_acct");
    assertThat(user.run("room", "list")).as(user.err()).isZero();
  }

  @Test
  void aLoginRegistersAKeyOfThisMachineOnce() throws IOException {
    assertThat(user.run("login")).isZero();
    assertThat(server.publicKeys)
        .containsExactly(user.credentials().privateKey().orElseThrow().publicKey());
    assertThat(user.credentials().publicKeyRegistered()).isTrue();

    assertThat(user.run("logout")).isZero();
    assertThat(user.credentials().privateKey()).isPresent();
    assertThat(user.run("login", "--json")).isZero();
    assertThat(user.out().lines())
        .last()
        .asString()
        .contains("\"event\":\"signed-in\"")
        .contains("\"anna\"");
    // Nobody can tell whether the one who signs in is the one who was.
    assertThat(server.publicKeys).hasSize(2).allMatch(server.publicKeys.get(0)::equals);

    assertThat(user.run("login")).isZero();
    assertThat(server.publicKeys).hasSize(2);
  }

  @Test
  void whoNeverFillsInThePageIsToldAfterTheTime() throws IOException {
    server.pending = Integer.MAX_VALUE;

    assertThat(user.run("login", "--timeout", "1")).isEqualTo(1);

    assertThat(user.err()).contains("Nobody signed in within 1 s");
    assertThat(user.credentials().jwt()).isEmpty();
  }

  @Test
  void aDashboardTakesThePlaceOfTheServersOwnPage() {
    user.environment.put("SLEAP_DASHBOARD_URL", "https://dash.example.org/app/");

    assertThat(user.run("login")).isZero();

    assertThat(user.out()).contains("page: https://dash.example.org/app/?cli_state=");
    user.environment.put("SLEAP_DASHBOARD_URL", "javascript:alert(1)");
    assertThat(user.run("login")).isEqualTo(2);
    assertThat(user.err()).contains("SLEAP_DASHBOARD_URL");
  }

  @Test
  void theBrowserIsOpenedWhereThereIsAPerson() throws Exception {
    List<String> opened = new ArrayList<>();
    user.terminal = true;

    assertThat(login(opened, "login")).isZero();
    assertThat(opened).singleElement().asString().startsWith(server.address() + "/?cli_state=");
    assertThat(login(opened, "login", "--no-browser")).isZero();
    user.terminal = false;
    assertThat(login(opened, "login")).isZero();
    assertThat(opened).hasSize(1);
  }

  private int login(List<String> opened, String... words) throws Exception {
    AccountInvocation invocation = (AccountInvocation) user.parsed(words);
    return new AccountCommands(
            user.console(invocation), page -> opened.add(page.toString()), Duration.ofMillis(1))
        .run(invocation);
  }

  @Test
  void whoAmISaysWhoAndUntilWhen() throws IOException {
    assertThat(user.run("whoami")).isEqualTo(1);
    assertThat(user.err()).contains("Nobody is signed in");

    user.signIn(AccountServer.JWT);
    assertThat(user.run("whoami")).isZero();
    assertThat(user.out()).contains("anna (u1), until 2100-01-01");
    assertThat(user.run("whoami", "--json")).isZero();
    assertThat(user.out()).contains("\"user\":\"anna\"").contains("\"signedIn\":true");

    user.signIn("a.eyJleHAiOjF9.b");
    assertThat(user.run("whoami")).isEqualTo(1);
    assertThat(user.err()).contains("expired");
  }

  @Test
  void statusSaysWhatIsUsedAndWhetherTheServerAnswers() throws IOException {
    user.signIn(AccountServer.JWT);
    Files.setPosixFilePermissions(
        user.places().credentials(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(user.run("status")).isZero();
    assertThat(user.out()).contains("answers, version 9.9").contains("anna until 2100");
    assertThat(user.err()).contains("chmod 600");

    server.close();
    assertThat(user.run("status", "--json")).isEqualTo(3);
    assertThat(user.out()).contains("\"reachable\":false").contains("\"user\":\"anna\"");
  }

  @Test
  void withoutAServerALoginSaysHowToNameOne() {
    server.close();

    assertThat(user.run("login")).isEqualTo(3);
    assertThat(user.err())
        .contains("no signalling server at " + server.address())
        .contains("--server");
  }

  @Test
  void aDamagedCredentialsFileIsNamedAndStays() throws IOException {
    Files.createDirectories(user.places().folder());
    Files.writeString(user.places().credentials(), "{broken");

    assertThat(user.run("login")).isEqualTo(2);
    assertThat(user.err()).contains(user.places().credentials().toString());
    assertThat(Files.readString(user.places().credentials())).isEqualTo("{broken");
    assertThat(server.calls).isEmpty();
  }
}
