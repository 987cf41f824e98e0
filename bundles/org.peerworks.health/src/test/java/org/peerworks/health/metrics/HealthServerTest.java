package org.peerworks.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Health;
import org.peerworks.health.api.Readiness;

class HealthServerTest {

  private static final class Given implements Health {
    private volatile Finding disk = Finding.ok("Room");
    private final List<String> asked = new ArrayList<>();

    @Override
    public synchronized List<CheckResult> check(String tag) {
      asked.add(tag);
      return List.of(
          new CheckResult("Disk", List.of("disk"), List.of(disk)),
          new CheckResult("Room", List.of("room"), List.of(Finding.warning("Gone", "Wait."))));
    }

    @Override
    public List<Readiness> readiness() {
      return List.of();
    }
  }

  @TempDir private Path data;
  private final Given health = new Given();
  private HealthServer server;

  @BeforeEach
  void open() throws IOException {
    server =
        new HealthServer(
            data, new HealthPages(health, () -> "# HELP a A.\n# TYPE a gauge\na{k=\"ä\"} 1\n"), 0);
  }

  @AfterEach
  void close() throws IOException {
    server.stop();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private URI uri(String path) throws IOException {
    return URI.create(Files.readString(data.resolve("health/http")).strip() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void figuresAreInThePrometheusFormat() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(Exposition.read(answer.body()).samples()).containsKey(List.of("a", "k", "ä"));
  }

  @Test
  void aWorkerWithWarningsIsWell() throws Exception {
    HttpResponse<String> answer = get("/health");
    JsonNode json = new ObjectMapper().readTree(answer.body());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json.path("level").asText()).isEqualTo("warning");
    assertThat(json.at("/checks/1/findings/0/mend").asText()).isEqualTo("Wait.");
  }

  @Test
  void aWorkerWithAnErrorIsNotAndOtherTagsAre() throws Exception {
    health.disk = Finding.error("Full", "Make room.");

    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health?tag=disk").statusCode()).isEqualTo(503);
    assertThat(get("/health?tag=room").statusCode()).isEqualTo(200);
    assertThat(get("/health?tag=none").statusCode()).isEqualTo(404);
    assertThat(get("/health?other=1").statusCode()).isEqualTo(400);
  }

  @Test
  void manyWhoAskCostOneCheck() throws Exception {
    for (int i = 0; i < 5; i++) {
      get("/health");
    }

    assertThat(health.asked).hasSizeLessThan(5);
  }

  @Test
  void onlyLookingIsAnswered() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics")).POST(BodyPublishers.ofString("x")).build();

    assertThat(send(post).statusCode()).isEqualTo(405);
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/../health/").statusCode()).isEqualTo(404);
    assertThat(
            send(HttpRequest.newBuilder(uri("/metrics"))
                    .method("HEAD", BodyPublishers.noBody())
                    .build())
                .body())
        .isEmpty();
  }

  @Test
  void aBrowserThatWasToldAnotherAddressForAForeignNameGetsNothing() throws Exception {
    InetSocketAddress address = server.address().orElseThrow();
    assertThat(address.getAddress().isLoopbackAddress()).isTrue();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("# TYPE");
    }
  }

  @Test
  void withoutAPortNothingIsOpened() throws IOException {
    HealthServer off = new HealthServer(data.resolve("off"), new HealthPages(health, () -> ""), -1);

    assertThat(off.address()).isEmpty();
    assertThat(data.resolve("off")).doesNotExist();
    off.stop();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int taken = server.address().orElseThrow().getPort();

    assertThatThrownBy(() -> new HealthServer(data, new HealthPages(health, () -> ""), taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("httpPort");
  }

  @Test
  void nothingIsServedAfterTheEnd() throws Exception {
    URI metrics = uri("/metrics");
    server.stop();

    assertThat(data.resolve("health/http")).doesNotExist();
    assertThatThrownBy(() -> send(HttpRequest.newBuilder(metrics).build()))
        .isInstanceOf(IOException.class);
  }
}
