package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sleap-rtc's files mean for commands that know nothing of them. */
final class OwnFilesTest {

  private static final String LAB =
      """
      [environments.production]
      signaling_websocket = "ws://lab:9000"
      signaling_http = "http://lab:9001"
      """;

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(home.resolve(".sleap-rtc"));
    Files.writeString(home.resolve(".sleap-rtc/config.toml"), LAB);
    environment.put("HOME", home.toString());
  }

  private Parsed parse(String... words) {
    return new CommandLines(
            new Surroundings(
                "peerworks",
                "1.2.3",
                environment,
                home,
                Path.of("/nobody"),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true)))
        .read(words);
  }

  private Server ofClient(String... more) {
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"job", "list", "-s", "x"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return ((Invocation.JobList) ((Parsed.Run) parse(words)).invocation()).target().server();
  }

  private Map<String, Object> ofWorker(String... words) {
    return ((Parsed.Run) parse(words)).plan().configuration().get(Plans.WORKER_PID);
  }

  @Test
  void aServerOfTheFileCountsAfterOptionsAndVariables() {
    assertThat(ofClient())
        .isEqualTo(new Server(URI.create("ws://lab:9000"), URI.create("http://lab:9001")));
    assertThat(ofClient("--server", "other:1").webSocket()).isEqualTo(URI.create("ws://other:1"));
    environment.put("SLEAP_RTC_SIGNALING_HTTP", "http://third:2");
    assertThat(ofClient())
        .isEqualTo(new Server(URI.create("ws://lab:9000"), URI.create("http://third:2")));
    environment.put("SLEAP_RTC_SIGNALING_WS", "ws://third:1");
    assertThat(ofClient().webSocket()).isEqualTo(URI.create("ws://third:1"));
    environment.clear();
    environment.put("HOME", home.resolve("elsewhere").toString());
    assertThat(ofClient()).isEqualTo(Server.LOCAL);
  }

  @Test
  void aWorkerGoesToTheServerOfTheFile() {
    assertThat(ofWorker("worker"))
        .containsEntry("serverWebSocket", "ws://lab:9000")
        .containsEntry("serverHttp", "http://lab:9001");
  }

  @Test
  void aServerThatIsStartedHereDoesNotListenWhereTheFileSays() {
    assertThat(((Parsed.Run) parse("signal")).plan().configuration().get(Plans.SIGNALING_PID))
        .isEmpty();
    Parsed.Run both = (Parsed.Run) parse("worker", "--with-signal");
    assertThat(both.plan().configuration().get(Plans.SIGNALING_PID)).isEmpty();
    assertThat(both.plan().configuration()).doesNotContainKey(Plans.WORKER_PID);
  }

  @Test
  void aDamagedFileEndsTheCommandUnlessItIsNotNeeded() throws IOException {
    Files.writeString(
        home.resolve(".sleap-rtc/config.toml"),
        "[environments.production]\nsignaling_websocket = 1\n");

    assertThat(parse("worker")).isEqualTo(new Parsed.Answered(ExitStatus.USAGE));
    assertThat(err.toString())
        .contains("config.toml', line 2, 'environments.production.signaling_websocket'");
    assertThat(ofWorker("worker", "--server", "other:1"))
        .containsEntry("serverWebSocket", "ws://other:1");
    assertThat(parse("signal")).isInstanceOf(Parsed.Run.class);
  }

  @Test
  void aWorkerEntersARoomWithWhatTheCredentialsHave() throws IOException {
    Path credentials = home.resolve(".sleap-rtc/credentials.json");
    Files.writeString(
        credentials,
        "{\"account_key\":\"slp_acct_k\",\"default_room\":\"r2\",\"tokens\":{\"r1\":{\"api_key\":\"slp_t\"}}}");

    assertThat(ofWorker("worker", "--room", "r1"))
        .containsEntry("room", "r1")
        .containsEntry("key", "slp_t");
    assertThat(ofWorker("worker", "--room", "r2")).containsEntry("key", "slp_acct_k");
    assertThat(ofWorker("worker", "--room", "r1", "--token", "abc"))
        .containsEntry("token", "abc")
        .containsEntry("key", "");
    assertThat(ofWorker("worker", "--account-key", "slp_acct_x")).containsEntry("room", "r2");
    assertThat(ofWorker("worker")).doesNotContainKeys("room", "key");

    Files.writeString(credentials, "{broken");
    assertThat(parse("worker", "--room", "r1")).isEqualTo(new Parsed.Answered(ExitStatus.USAGE));
    assertThat(err.toString()).contains(credentials.toString());
  }
}
