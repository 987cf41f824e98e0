package org.peerworks.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.OwnCommandLine;

/** The administrator of a server that runs on a data directory of this machine. */
final class SignalUserTest {

  private static final String ANNA =
      "{\"user_id\":\"user-1\",\"username\":\"anna\",\"password\":\"made-up\","
          + "\"created_at\":\"2026-11-21T10:00:00Z\",\"rooms\":2,\"keys\":1}";

  @TempDir Path temporary;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private OwnCommandLine user;
  private Path data;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    user = new OwnCommandLine(temporary, address);
    data = temporary.resolve("data");
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(
        data.resolve("keys/signaling-admin.json"),
        "{\"http\":\"" + address + "\",\"key\":\"secret\"}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    boolean list = exchange.getRequestMethod().equals("GET");
    byte[] body = (list ? "{\"users\":[" + ANNA + "]}" : ANNA).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void anAccountIsMadeAndItsPasswordIsTold() throws IOException {
    assertThat(run("add", "anna")).isZero();
    assertThat(user.out()).contains("Account: anna", "Password, shown only now: made-up");
    assertThat(calls)
        .containsExactly("POST /api/admin/users Bearer secret {\"username\":\"anna\"}");
  }

  @Test
  void aPasswordIsReplacedAndAnAccountRemoved() throws IOException {
    assertThat(run("password", "anna")).isZero();
    assertThat(run("remove", "anna", "--force")).isZero();
    assertThat(calls.get(0)).startsWith("POST /api/admin/users/anna/password ");
    assertThat(calls.get(1)).startsWith("DELETE /api/admin/users/anna ");
  }

  @Test
  void nothingIsRemovedWithoutAQuestion() throws IOException {
    assertThat(run("remove", "anna", "--non-interactive")).isEqualTo(2);
    assertThat(calls).isEmpty();
  }

  @Test
  void accountsAreListed() throws IOException {
    assertThat(run("list")).isZero();
    assertThat(user.out()).contains("anna", "user-1");
  }

  @Test
  void aServerThatDoesNotRunIsNamed() throws IOException {
    Files.delete(data.resolve("keys/signaling-admin.json"));
    assertThat(run("list")).isEqualTo(3);
    assertThat(user.said())
        .contains("No signalling server runs on the data directory", "--data-dir");
    Files.writeString(data.resolve("keys/signaling-admin.json"), "{");
    assertThat(run("list")).isEqualTo(1);
    assertThat(user.said()).contains("is damaged");
  }

  private int run(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("signal", "user"));
    line.addAll(List.of(words));
    line.addAll(List.of("--data-dir", data.toString()));
    return user.run(line.toArray(String[]::new));
  }
}
