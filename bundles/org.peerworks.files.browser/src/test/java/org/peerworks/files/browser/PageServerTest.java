package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.SourceState;

/** The web server as a browser meets it. */
final class PageServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeWorker worker = new FakeWorker();
  private final JettyFilePages pages = new JettyFilePages();
  private final HttpClient browser = HttpClient.newHttpClient();
  private URI address;
  private String token;

  @BeforeEach
  void open() throws IOException {
    address = pages.open(worker, 0).address();
    token = address.getQuery().substring("token=".length());
  }

  @AfterEach
  void stop() {
    pages.stop();
  }

  @Test
  void thePageComesWithAStrictPolicyAndACookieOfItsRun() throws Exception {
    HttpResponse<String> page = get(address);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Peerworks files</title>");
    assertThat(header(page, "Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Set-Cookie"))
        .matches("peerworks-browse-[0-9a-f]{8}=" + token + "; .*HttpOnly; SameSite=Strict");
    assertThat(header(page, "Server")).isEmpty();
  }

  @Test
  void theCookieAloneIsEnoughAfterwards() throws Exception {
    String cookie = header(get(address), "Set-Cookie").split(";")[0];

    assertThat(get(address.resolve("/"), "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(get(address.resolve("/page/main.js"), "Cookie", cookie).body()).contains("import");
    assertThat(get(address.resolve("/page/main.js")).statusCode()).isEqualTo(403);
  }

  @Test
  void everythingThatThePageImportsIsThere() throws Exception {
    String cookie = header(get(address), "Set-Cookie").split(";")[0];
    List<String> loaded = new CopyOnWriteArrayList<>(List.of("/page/main.js"));
    for (int i = 0; i < loaded.size(); i++) {
      URI module = address.resolve(loaded.get(i));
      HttpResponse<String> script = get(module, "Cookie", cookie);
      assertThat(script.statusCode()).as(loaded.get(i)).isEqualTo(200);
      assertThat(header(script, "Content-Type")).startsWith("text/javascript");
      java.util.regex.Pattern.compile("from ?[\"']([^\"']+)[\"']")
          .matcher(script.body())
          .results()
          .map(match -> module.resolve(match.group(1)).getPath())
          .filter(path -> !loaded.contains(path))
          .forEach(loaded::add);
    }
    assertThat(loaded).hasSizeGreaterThan(15).contains("/page/lit/lit-html.js");
  }

  @Test
  void noPartOfThePageNamesAnotherServer() throws Exception {
    for (String name : List.of("index.html", "refused.html", "page.css", "table.css", "main.js")) {
      String part = new String(PageFiles.read(name).orElseThrow().content());
      assertThat(part).as(name).doesNotContain("http:", "https:", "//cdn", "@import");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?token=", "/?token=wrong", "/ws?token=wrong", "/page/main.js"})
  void withoutTheTokenThereIsNothing(String path) throws Exception {
    HttpResponse<String> refusal = get(address.resolve(path));

    assertThat(refusal.statusCode()).isEqualTo(403);
    assertThat(refusal.body()).isEqualTo("Invalid token");
    assertThat(header(refusal, "Set-Cookie")).isEmpty();
  }

  @Test
  void peopleAreToldWhatToDoWithoutTheToken() throws Exception {
    HttpResponse<String> refusal = get(address.resolve("/"), "Accept", "text/html");

    assertThat(refusal.statusCode()).isEqualTo(403);
    assertThat(refusal.body()).contains("<h1>Invalid token</h1>", "as the command has printed it");
    assertThat(get(address.resolve("/page/theme.css")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/../PageServer.class",
        "/page/..%2f..%2fRun.class",
        "/page/lit/../../../../META-INF/MANIFEST.MF",
        "/page/",
        "/page/none.js",
        "/page/view",
        "/favicon.ico"
      })
  void onlyThePagesOwnFilesAreServed(String path) throws Exception {
    HttpResponse<String> answer =
        get(URI.create("http://127.0.0.1:" + address.getPort() + path + "?token=" + token));
    assertThat(answer.statusCode()).isIn(400, 404);
  }

  @Test
  void onlyLookingIsAllowed() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(browser.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void theSocketTellsAboutTheWorkerAndAnswers() {
    Socket socket = new Socket();
    socket.open("/ws?token=" + token, "http://localhost:1234");

    await().atMost(PATIENCE).until(() -> socket.has("\"worker_info\""));
    assertThat(socket.has("\"state\":\"connected\"")).isTrue();
    socket.say("{\"type\":\"list_dir\",\"id\":1,\"path\":\"/mnt/lab\",\"limit\":1000}");
    await().atMost(PATIENCE).until(() -> socket.has("file-44.slp"));

    worker.become(SourceState.lost(Instant.now(), "It went away."));
    await().atMost(PATIENCE).until(() -> socket.has("It went away."));
  }

  @Test
  void theSocketNeedsTokenAndOrigin() {
    assertThat(refused("/ws", "http://127.0.0.1:" + address.getPort())).isEqualTo(403);
    assertThat(refused("/ws?token=wrong", "http://127.0.0.1")).isEqualTo(403);
    assertThat(refused("/ws?token=" + token, "https://evil.example")).isEqualTo(403);
  }

  @Test
  void aHugeMessageEndsItsSocketOnly() {
    Socket socket = new Socket();
    socket.open("/ws?token=" + token, "http://localhost");
    Socket other = new Socket();
    other.open("/ws?token=" + token, "http://localhost");

    socket.say("x".repeat(PageServer.LONGEST_MESSAGE + 1));

    await().atMost(PATIENCE).until(() -> socket.closed == 1009);
    other.say("{\"type\":\"list_dir\",\"id\":1,\"path\":\"/mnt/lab\"}");
    await().atMost(PATIENCE).until(() -> other.has("list_response"));
  }

  @Test
  void aPageThatFloodsItsSocketIsToldAndDisturbsNobody() {
    Socket flood = new Socket();
    flood.open("/ws?token=" + token, "http://localhost");
    Socket other = new Socket();
    other.open("/ws?token=" + token, "http://localhost");
    for (int id = 1; id <= 10_000; id++) {
      flood.say("{\"type\":\"list_dir\",\"id\":" + id + ",\"path\":\"/mnt/lab\"}");
    }
    other.say("{\"type\":\"list_dir\",\"id\":1,\"path\":\"/mnt/lab\"}");

    await().atMost(PATIENCE).until(() -> other.has("list_response"));
    await().atMost(PATIENCE).until(() -> flood.has("more than 50 times a second"));
    await().atMost(PATIENCE).until(() -> flood.has("\"id\":10000}"));
    assertThat(flood.closed).isZero();
  }

  @Test
  void oneSocketTooManyIsToldToComeLater() {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i <= Audience.MOST; i++) {
      Socket socket = new Socket();
      socket.open("/ws?token=" + token, "http://localhost");
      sockets.add(socket);
    }
    await().atMost(PATIENCE).until(() -> sockets.stream().anyMatch(one -> one.closed == 1013));
    assertThat(sockets.stream().filter(one -> one.closed != 0)).hasSize(1);
  }

  @Test
  void aClosedPageFreesItsPortAndEndsItsSockets() throws Exception {
    Socket socket = new Socket();
    socket.open("/ws?token=" + token, "http://localhost");
    await().atMost(PATIENCE).until(() -> socket.has("connection"));

    pages.stop();

    await().atMost(PATIENCE).until(() -> socket.closed != 0);
    assertThat(worker.listeners).isEmpty();
    new ServerSocket(address.getPort(), 1, InetAddress.getByName("127.0.0.1")).close();
  }

  @Test
  void theNextFreePortIsTaken() throws Exception {
    int taken = address.getPort();
    if (taken < 65_000) {
      assertThat(pages.open(worker, taken).address().getPort()).isBetween(taken + 1, taken + 99);
    }
    try (ServerSocket last = new ServerSocket(65_535, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> pages.open(worker, last.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("--port");
    }
  }

  private HttpResponse<String> get(URI uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private int refused(String path, String origin) {
    try {
      new Socket().open(path, origin);
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  /** A page's end of a socket. */
  private final class Socket implements WebSocket.Listener {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closed;
    private WebSocket socket;

    void open(String path, String origin) {
      URI uri = URI.create("ws://127.0.0.1:" + address.getPort() + path);
      socket = browser.newWebSocketBuilder().header("Origin", origin).buildAsync(uri, this).join();
    }

    void say(String text) {
      socket.sendText(text, true).join();
    }

    boolean has(String text) {
      return heard.stream().anyMatch(message -> message.contains(text));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed = status;
      return null;
    }

    /** Cut off without a word. */
    @Override
    public void onError(WebSocket from, Throwable cause) {
      closed = 1006;
    }
  }
}
