package org.peerworks.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.OwnCommandLine;

final class ConfigCommandsTest {

  @TempDir Path temporary;
  private HttpServer server;
  private OwnCommandLine user;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    user =
        new OwnCommandLine(
            temporary, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String ok(String... words) {
    assertThat(user.run(words)).as(user.said()).isZero();
    return user.out();
  }

  @Test
  void aNewFileNamesAServerThatAnswers() throws IOException {
    ok("config", "init");

    String text = Files.readString(user.here.resolve("sleap-rtc.toml"));
    assertThat(text)
        .contains("ws://127.0.0.1:" + server.getAddress().getPort())
        .doesNotContain("ec2-");
    assertThat(ok("config", "path").strip())
        .isEqualTo(user.here.resolve("sleap-rtc.toml").toString());

    assertThat(user.run("config", "init")).isEqualTo(2);
    assertThat(user.err()).contains("--force");
    ok("config", "init", "-f");
    ok("config", "init", "--global");
    assertThat(user.home.resolve(".sleap-rtc/config.toml")).exists();
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWritten() {
    server.stop(0);

    assertThat(user.run("config", "init")).isEqualTo(3);
    assertThat(user.here.resolve("sleap-rtc.toml")).doesNotExist();
    assertThat(ok("config", "init", "--force")).contains("does not answer");
  }

  @Test
  void theFileSaysWhichServerCountsUnlessAVariableDoes() throws IOException {
    user.environment.remove("SLEAP_RTC_SIGNALING_WS");
    user.environment.remove("SLEAP_RTC_SIGNALING_HTTP");
    Files.writeString(
        user.here.resolve("sleap-rtc.toml"),
        "[environments.production]\nsignaling_websocket = 'wss://lab.example.org'\n");

    assertThat(ok("config", "show"))
        .contains("wss://lab.example.org (the file)")
        .contains("https://lab.example.org");
    assertThat(ok("config", "show", "--server", "ws://other:1")).contains("ws://other:1");
    user.environment.put("SLEAP_RTC_SIGNALING_HTTP", "http://localhost");
    assertThat(ok("config", "show", "--json"))
        .contains("\"webSocket\":\"wss://lab.example.org\"")
        .contains("\"http\":\"http://localhost:8001\"");
    user.environment.put("SLEAP_RTC_SIGNALING_WS", "ws://third:1");
    assertThat(ok("config", "show")).contains("ws://third:1 (SLEAP_RTC_SIGNALING_WS)");
    user.environment.put("SLEAP_RTC_ENV", "staging");
    assertThat(ok("config", "show")).contains("staging");
  }

  @Test
  void aDamagedFileIsNamedByEveryCommandThatNeedsIt() throws IOException {
    user.environment.remove("SLEAP_RTC_SIGNALING_WS");
    Path file =
        Files.writeString(
            user.here.resolve("sleap-rtc.toml"),
            "[environments.production]\nsignaling_websocket = 'gopher://x'\n");

    assertThat(user.run("config", "show")).isEqualTo(2);
    assertThat(user.err())
        .contains(file + "', line 2, 'environments.production.signaling_websocket'")
        .contains("gopher://x");
    Files.writeString(file, "= nonsense");
    assertThat(user.run("room", "list")).isEqualTo(2);
    assertThat(user.err()).contains(file + "', line 1");
    assertThat(user.run("config", "add-mount", temporary.toString(), "x")).isEqualTo(2);
    assertThat(Files.readString(file)).isEqualTo("= nonsense");
  }

  @Test
  void mountsAreAddedAndRemovedWithTheRestLeftAsItIs() throws IOException {
    String text = "# mine\n[worker.io]\nworking_dir = '/tmp' # here\n";
    Path file = Files.writeString(user.here.resolve("sleap-rtc.toml"), text);
    Path data = Files.createDirectories(user.here.resolve("data"));

    ok("config", "add-mount", "data", "vast");
    assertThat(Files.readString(file)).startsWith(text).contains("path = \"" + data + "\"");
    assertThat(ok("config", "show")).contains("vast").contains(data.toString()).contains("/tmp");
    assertThat(user.run("config", "add-mount", "data", "vast")).isEqualTo(2);
    assertThat(user.err()).contains("already");
    assertThat(user.run("config", "add-mount", "nowhere", "x")).isEqualTo(2);
    assertThat(user.run("config", "add-mount", "data", "a\nb")).isEqualTo(2);
    assertThat(user.run("config", "add-mount", "data")).isEqualTo(2);

    ok("config", "add-mount", "data", "mine", "--global");
    assertThat(Files.readString(user.home.resolve(".sleap-rtc/config.toml"))).contains("\"mine\"");
    ok("config", "remove-mount", "vast");
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(user.run("config", "remove-mount", "vast")).isEqualTo(1);
  }

  @Test
  void pathMappingsAreAlwaysTheUsersOwn() throws IOException {
    Files.writeString(user.here.resolve("sleap-rtc.toml"), "");

    ok("config", "add-path-mapping", "/Users/me/data/", "/vast/me");
    ok("config", "add-path-mapping", "/Users/me/data", "/vast/me");
    ok("config", "add-path-mapping", "C:\\data", "/vast/c");
    assertThat(ok("config", "list-path-mappings").lines()).hasSize(3);
    assertThat(ok("config", "list-path-mappings", "--json"))
        .contains("/Users/me/data\"")
        .contains("\"C:\\\\data\"");
    assertThat(user.home.resolve(".sleap-rtc/config.toml")).exists();
    assertThat(user.run("config", "add-path-mapping", "data", "/vast")).isEqualTo(2);

    assertThat(user.run("config", "remove-path-mapping", "/Users/me/data", "/other")).isEqualTo(1);
    ok("config", "remove-path-mapping", "/Users/me/data/");
    ok("config", "remove-path-mapping", "C:\\data", "/vast/c");
    assertThat(ok("config", "list-path-mappings")).contains("No path mappings");
  }
}
