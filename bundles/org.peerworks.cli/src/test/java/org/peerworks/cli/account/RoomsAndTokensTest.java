package org.peerworks.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.OwnCommandLine;
import org.peerworks.lib.account.Credentials.RoomToken;

final class RoomsAndTokensTest {

  @TempDir Path temporary;
  private AccountServer server;
  private OwnCommandLine user;

  @BeforeEach
  void start() throws IOException {
    server = new AccountServer();
    user = new OwnCommandLine(temporary, server.address());
    user.signIn(AccountServer.JWT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ok(String... words) {
    assertThat(user.run(words)).as(user.said()).isZero();
    return user.out();
  }

  @Test
  void roomsAreMadeListedAndDeleted() throws IOException {
    assertThat(ok("room", "create", "--name", "lab"))
        .contains("Made room r1 'lab'")
        .doesNotContain("abc123");
    assertThat(server.calls).last().asString().contains("\"expires_in_days\":30");
    assertThat(ok("room", "create", "-n", "b", "-e", "never", "--reveal"))
        .contains("Token: abc123");
    assertThat(server.calls).last().asString().contains("\"expires_in_days\":null");
    server.room("r9", "Zebra", "member");

    ok("room", "set-default", "r1");
    assertThat(ok("room", "list").lines())
        .first()
        .asString()
        .matches("ROOM +NAME +ROLE +CREATED +EXPIRES");
    assertThat(user.out().lines().skip(1).map(line -> line.split(" ")[0]))
        .containsExactly("r2", "r1", "r9");
    assertThat(user.out()).contains("r1 *").contains("2030-01-0");
    assertThat(
            ok("room", "list", "-f", "owned", "-s", "created", "-r")
                .lines()
                .skip(1)
                .map(line -> line.split(" ")[0]))
        .containsExactly("r2", "r1");
    assertThat(ok("room", "list", "--filter", "member", "--search", "ZEB"))
        .contains("r9")
        .doesNotContain("r1");
    assertThat(ok("room", "list", "--json")).contains("\"rooms\":[{\"room_id\":\"r2\"");

    ok("room", "delete", "r1", "-f");
    assertThat(server.rooms).containsOnlyKeys("r2", "r9");
    assertThat(user.credentials().defaultRoom()).isEmpty();
  }

  @Test
  void aRoomShowsItsMembersAndWorkersWithoutKeysOrTerminalCodes() {
    server.room("r1", "lab", "owner");

    assertThat(ok("room", "info", "r1"))
        .contains("Name:        lab")
        .contains("u1")
        .contains("anna")
        .contains("worker-1")
        .doesNotContain("\u001b")
        .doesNotContain("slp_");
    assertThat(ok("room", "info", "r1", "--json"))
        .contains("\"token_id\":\"slp_abcd…\"")
        .doesNotContain(AccountServer.TOKEN);
  }

  @Test
  void anInvitationIsMadeAndRedeemed() {
    server.room("r1", "lab", "owner");
    assertThat(ok("room", "invite", "r1")).contains("Code: WXYZ6789").contains("60 minutes");

    assertThat(ok("room", "join", "-c", "abcd2345")).contains("member of room r9 'theirs'");
    user.input = "abcd2345\n";
    ok("room", "join", "--code", "-");
    assertThat(user.run("room", "join", "-c", "NOTRIGHT")).isEqualTo(4);
    assertThat(user.err()).contains("refused: Invalid or expired invite code.");
    assertThat(user.run("room", "join", "-c", "../..")).isEqualTo(2);
  }

  @Test
  void aRoomsSecretIsKeptAndPrintedOnlyOnDemand() throws IOException {
    assertThat(ok("room", "create-secret", "-r", "r1")).doesNotContain(secret());
    String first = secret();
    assertThat(first).hasSize(43);

    assertThat(user.run("room", "create-secret", "--room", "r1")).isEqualTo(2);
    assertThat(user.err()).contains("--force");
    assertThat(secret()).isEqualTo(first);

    assertThat(ok("room", "create-secret", "-r", "r1", "-f", "--reveal"))
        .contains("Secret: " + secret());
    assertThat(secret()).isNotEqualTo(first);
    String kept = secret();
    assertThat(ok("room", "create-secret", "-r", "r1", "--no-save", "--reveal"))
        .contains("Secret: ")
        .doesNotContain(kept);
    assertThat(secret()).isEqualTo(kept);
    assertThat(user.run("room", "create-secret", "-r", "r1", "--no-save")).isEqualTo(2);
    assertThat(user.run("room", "create-secret", "-r", "../x")).isEqualTo(2);
    assertThat(server.calls).isEmpty();
  }

  private String secret() throws IOException {
    return user.credentials().roomSecrets().get("r1");
  }

  @Test
  void aTokenIsMadeKeptAndRevoked() throws IOException {
    assertThat(ok("token", "create", "-r", "r1", "-n", "gpu"))
        .contains("2099")
        .doesNotContain(AccountServer.TOKEN);
    assertThat(server.calls)
        .last()
        .asString()
        .contains("\"room_id\":\"r1\"")
        .contains("\"worker_name\":\"gpu\"")
        .contains("\"expires_in_days\":7");
    assertThat(user.credentials().tokens())
        .containsEntry("r1", new RoomToken(AccountServer.TOKEN, "gpu"));

    assertThat(ok("token", "list"))
        .contains("slp_abcd…")
        .contains("gpu")
        .contains("good")
        .doesNotContain(AccountServer.TOKEN);
    assertThat(ok("token", "list", "--json")).doesNotContain(AccountServer.TOKEN);

    ok("token", "revoke", "slp_abcd…", "-f");
    assertThat(user.credentials().tokens()).isEmpty();
    assertThat(ok("token", "list")).contains("revoked");
    assertThat(ok("token", "list", "--active")).contains("No tokens");
    ok("token", "delete", AccountServer.TOKEN, "--force");
    assertThat(server.tokens).isEmpty();
    assertThat(ok("token", "cleanup", "-f", "-r", "r1")).contains("Deleted 2 tokens");
    assertThat(server.calls).last().isEqualTo("DELETE /api/auth/tokens?room_id=r1");
  }

  @Test
  void aTokenForAnotherMachineIsPrintedAndNotKept() throws IOException {
    assertThat(ok("token", "create", "-r", "r1", "-n", "gpu", "-e", "30", "--no-save"))
        .contains("Token: " + AccountServer.TOKEN);
    assertThat(user.credentials().tokens()).isEmpty();
  }

  @Test
  void publicIdsOfTokensAreShownWhole() {
    server.token("slp_abcd2345wxyz", "r1", "gpu");

    assertThat(ok("token", "list")).contains("slp_abcd2345wxyz");
    ok("token", "revoke", "slp_abcd2345wxyzWHOLESECRETWHOLESECR", "-f");
    assertThat(server.tokens.get("slp_abcd2345wxyz").has("revoked_at")).isTrue();
  }

  @Test
  void whatIsMeantByTheBeginningOfAnIdMustBeClear() {
    server.token("slp_abcdAAAA", "r1", "a");
    server.token("slp_abcdBBBB", "r1", "b");

    assertThat(user.run("token", "revoke", "slp_abcd", "-f")).isEqualTo(2);
    assertThat(user.err()).contains("There are 2");
    assertThat(user.run("token", "revoke", "slp_none", "-f")).isEqualTo(2);
    assertThat(user.run("token", "revoke", "s", "-f")).isEqualTo(2);
    assertThat(server.calls).noneMatch(call -> call.startsWith("DELETE"));
  }

  @Test
  void keysOfTheAccountAreMadeListedUsedAndRevoked() throws IOException {
    assertThat(user.run("key", "create")).isEqualTo(2);
    assertThat(user.err()).contains("--save");
    assertThat(ok("key", "create", "-n", "gpu", "--save")).doesNotContain(AccountServer.KEY);
    assertThat(user.credentials().accountKey()).contains(AccountServer.KEY);
    assertThat(ok("key", "show")).contains("slp_acct_abcd…").doesNotContain(AccountServer.KEY);
    assertThat(ok("key", "show", "--reveal")).contains(AccountServer.KEY);
    assertThat(ok("key", "list")).contains("gpu").doesNotContain(AccountServer.KEY);
    assertThat(ok("key", "list", "--full")).contains(AccountServer.KEY);

    ok("key", "revoke", "slp_acct_abcd", "-f");
    assertThat(server.keys).isEmpty();
    assertThat(user.credentials().accountKey()).isEmpty();
    assertThat(user.run("key", "show")).isEqualTo(1);

    user.input = "slp_acct_0123456789\n";
    ok("key", "use", "-");
    assertThat(user.credentials().accountKey()).contains("slp_acct_0123456789");
    user.environment.put("SLEAP_RTC_ACCOUNT_KEY", "slp_acct_fromenvironment");
    ok("key", "use");
    assertThat(user.credentials().accountKey()).contains("slp_acct_fromenvironment");
    assertThat(user.run("key", "use", "nonsense")).isEqualTo(2);
    assertThat(user.err()).doesNotContain("nonsense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room delete r1",
        "token revoke slp_abcd2345wxyz",
        "token delete slp_abcd2345wxyz",
        "token cleanup",
        "credentials clear"
      })
  void whatDestroysAsksFirstAndNeverWhereNobodyIs(String command) {
    server.room("r1", "lab", "owner");
    server.token("slp_abcd2345wxyz", "r1", "gpu");

    assertThat(user.run(command.split(" "))).isEqualTo(2);
    assertThat(user.err()).contains("Nobody can be asked here").contains("--force");
    user.terminal = true;
    assertThat(user.run((command + " --non-interactive").split(" "))).isEqualTo(2);
    user.input = "n\n";
    assertThat(user.run(command.split(" "))).isEqualTo(1);
    assertThat(user.err()).contains("Nothing was changed");
    user.input = "";
    assertThat(user.run(command.split(" "))).isEqualTo(1);
    assertThat(server.calls).noneMatch(call -> call.startsWith("DELETE"));

    user.input = "y\n";
    assertThat(user.run(command.split(" "))).isZero();
  }

  @Test
  void whoIsNotSignedInIsToldHow() {
    assertThat(user.run("credentials", "clear", "-f")).isZero();

    for (List<String> words :
        List.of(List.of("room", "list"), List.of("token", "list"), List.of("key", "list"))) {
      assertThat(user.run(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(user.err()).contains("'login'");
    }
    assertThat(server.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"detail", "error", "message"})
  void refusalsAreUnderstoodInEveryShape(String field) throws IOException {
    server.errorField = field;

    assertThat(user.run("room", "info", "nowhere")).isEqualTo(4);
    assertThat(user.err()).contains("The signalling server refused: Room not found.");
    user.signIn("wrong.jwt.here");
    assertThat(user.run("room", "list")).isEqualTo(4);
    assertThat(user.err())
        .contains("Invalid token")
        .contains("'login'")
        .doesNotContain("wrong.jwt");
  }

  @Test
  void credentialsAreListedWithoutSecretsAndForgottenOneByOne() throws IOException {
    ok("token", "create", "-r", "r1", "-n", "gpu");
    ok("room", "create-secret", "-r", "r2");
    ok("key", "create", "--save");
    String secret = user.credentials().roomSecrets().get("r2");

    assertThat(ok("credentials", "list"))
        .contains("sign-in")
        .contains("anna")
        .contains("account key")
        .contains("gpu");
    assertThat(ok("credentials", "list", "--json"))
        .doesNotContain(secret, AccountServer.TOKEN, AccountServer.JWT);
    assertThat(ok("credentials", "show"))
        .contains("(hidden)")
        .doesNotContain(secret, AccountServer.TOKEN, AccountServer.JWT);
    assertThat(ok("credentials", "show", "--reveal"))
        .contains(secret, AccountServer.TOKEN, AccountServer.JWT);

    ok("credentials", "remove-secret", "r2", "-f");
    ok("credentials", "remove-token", "r1", "-f");
    ok("credentials", "remove-account-key", "-f");
    assertThat(user.run("credentials", "remove-token", "r1", "-f")).isEqualTo(1);
    assertThat(ok("credentials", "list").lines()).hasSize(2);
  }
}
