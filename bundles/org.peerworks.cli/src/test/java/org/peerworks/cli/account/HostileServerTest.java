package org.peerworks.cli.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.OwnCommandLine;

/** A server that does not mean well, or is none. */
final class HostileServerTest {

  @TempDir Path temporary;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> elsewhere = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private HttpServer other;
  private OwnCommandLine user;

  @BeforeEach
  void start() throws IOException {
    server = listen();
    other = listen();
    other.createContext(
        "/",
        exchange -> {
          elsewhere.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          reply(exchange, 200, "{\"rooms\":[]}");
        });
    user = new OwnCommandLine(temporary, address(server));
    user.signIn(AccountServer.JWT);
  }

  private HttpServer listen() throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listening.setExecutor(threads);
    listening.start();
    return listening;
  }

  private static URI address(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    other.stop(0);
    threads.shutdownNow();
  }

  private void answers(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsNotFollowedSoNobodyElseSeesTheSignIn(int status) {
    answers(
        exchange -> {
          exchange
              .getResponseHeaders()
              .add("Location", address(other) + "/api/auth/rooms?x=secret");
          reply(exchange, status, "");
        });

    assertThat(user.run("room", "list")).isEqualTo(3);

    assertThat(user.err())
        .contains("sends elsewhere")
        .contains(address(other).toString())
        .doesNotContain("secret");
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aSignInAtOneServerIsNotShownToAnother() throws IOException {
    Files.writeString(
        user.places().credentials(),
        "{\"jwt\":\"a.b.c\",\"account_key\":\"slp_acct_12345678\",\"peerworks_server\":\"http://lab:8001\"}");

    for (String command : List.of("room list", "token list", "key list")) {
      assertThat(user.run((command + " --server-http " + address(other)).split(" "))).isEqualTo(2);
      assertThat(user.err()).contains("signed in at http://lab:8001");
    }
    assertThat(elsewhere).isEmpty();
    user.environment.put("SLEAP_RTC_ACCOUNT_KEY", "slp_acct_87654321");
    assertThat(user.run("logout")).isZero();
    assertThat(user.run("room", "list", "--server-http", address(other).toString())).isZero();
    assertThat(elsewhere).containsExactly("Bearer slp_acct_87654321");
  }

  @Test
  void aServerWithoutAccountsIsCalledThat() {
    answers(exchange -> reply(exchange, 404, "{\"detail\":\"Not Found\"}"));

    assertThat(user.run("login")).isEqualTo(3);
    assertThat(user.err()).contains("has no accounts");
    assertThat(user.run("room", "list")).isEqualTo(3);
    assertThat(user.err()).contains("does not know this call");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 16];
          try (var body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
              body.write(block);
            }
          } catch (IOException expected) {
            end.countDown();
          }
        });

    assertThat(user.run("room", "list")).isEqualTo(3);
    assertThat(user.err()).contains("more than 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatIsSlowIsGivenUp(boolean withHead) {
    answers(
        exchange -> {
          if (withHead) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          }
          await();
        });
    ServerCalls calls = new ServerCalls(address(server), Optional.empty(), Duration.ofMillis(300));

    assertThatThrownBy(() -> calls.get("/api/auth/rooms"))
        .isInstanceOf(CommandFailure.class)
        .extracting(e -> ((CommandFailure) e).status())
        .isEqualTo(3);
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><h1>500</h1></html>",
        "\"text\"",
        "{\"rooms\":",
        "nul",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
      })
  void anAnswerThatIsNoJsonIsCalledThat(String body) {
    answers(exchange -> reply(exchange, 200, body));

    assertThat(user.run("room", "list")).isEqualTo(3);
    assertThat(user.err()).contains("no JSON").contains("--server-http").doesNotContain("<html>");
  }

  @Test
  void aServerErrorWithAPageIsNoRefusal() {
    answers(exchange -> reply(exchange, 500, "<html>Traceback</html>"));

    assertThat(user.run("room", "list")).isEqualTo(3);
    assertThat(user.err()).contains("HTTP 500");
  }

  @Test
  void anErrorsTextCannotDriveTheTerminal() {
    answers(
        exchange ->
            reply(exchange, 403, "{\"detail\":\"no\\u001b]0;owned\\u0007\\r\\nfaked line\"}"));

    assertThat(user.run("room", "list")).isEqualTo(4);
    assertThat(user.err()).doesNotContain("\u001b").doesNotContain("\r").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"jwt\":7}",
        "{\"jwt\":\"a\\r\\nX-Evil: 1\",\"user\":{}}",
        "{\"jwt\":\"\"}",
        "[]"
      })
  void aSignInThatIsNoneIsNotKept(String body) throws IOException {
    assertThat(user.run("logout")).isZero();
    answers(exchange -> reply(exchange, 200, body));

    assertThat(user.run("login", "--timeout", "1")).isNotZero();
    assertThat(user.credentials().jwt()).isEmpty();
    assertThat(user.credentials().privateKey()).isEmpty();
  }

  @Test
  void anAnswerWithStrangeTypesBreaksNothing() {
    answers(
        exchange ->
            reply(
                exchange,
                200,
                "{\"rooms\":[7,null,{\"room_id\":{},\"name\":[1],\"created_at\":\"x\",\"expires_at\":1e300}],\"tokens\":{}}"));

    assertThat(user.run("room", "list")).isZero();
    assertThat(user.run("token", "list")).isZero();
    assertThat(user.run("token", "create", "-r", "r", "-n", "n")).isEqualTo(3);
    assertThat(user.err()).contains("lacks the token");
  }

  @Test
  void aPollThatFailsIsTriedAgainUntilTheTimeIsOver() throws Exception {
    int[] statuses = {503, 429, 500, 200};
    int[] seen = {0};
    answers(
        exchange ->
            reply(
                exchange,
                statuses[Math.min(3, seen[0]++)],
                seen[0] < 4
                    ? "{\"detail\":\"busy\"}"
                    : "{\"jwt\":\"a.b.c\",\"user\":{\"id\":\"u\"}}"));
    var invocation = (org.peerworks.cli.command.AccountInvocation) user.parsed("login");

    int exit =
        new AccountCommands(user.console(invocation), page -> true, Duration.ofMillis(1))
            .run(invocation);

    assertThat(exit).isZero();
    assertThat(user.credentials().jwt()).contains("a.b.c");
  }

  @Test
  void idsCannotLeaveTheirPlaceInAnAddress() {
    List<String> paths = Collections.synchronizedList(new ArrayList<>());
    answers(
        exchange -> {
          paths.add(exchange.getRequestURI().getRawPath());
          reply(exchange, 200, "{\"tokens\":[{\"token_id\":\"../../rooms/r1?x#y\"}]}");
        });

    assertThat(user.run("room", "info", "../tokens")).isEqualTo(2);
    assertThat(user.run("token", "revoke", "../../rooms/r1?x#y", "-f")).isZero();
    assertThat(paths).last().isEqualTo("/api/auth/token/..%2F..%2Frooms%2Fr1%3Fx%23y");
  }
}
