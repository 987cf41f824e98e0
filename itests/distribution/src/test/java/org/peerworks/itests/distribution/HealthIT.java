package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker is asked how it is: at its prompt, and by programs of its machine. */
class HealthIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Lab lab;
  private Running worker;

  @BeforeEach
  void start() throws Exception {
    lab = new Lab(directory);
    lab.configureWorker("org.peerworks.health", "httpPort = 0\n");
    lab.signal();
    worker = lab.worker("--shell");
    Lab.session(worker);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create(Files.readString(http()).strip() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private Path http() {
    return lab.workerData().resolve("health/http");
  }

  @Test
  void itTellsHowFarItHasComeAndWhatIsWrongAndItsFigures() throws Exception {
    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(http()));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("/metrics").body())
                    .contains("peerworks_ready{level=\"framework\"} 1\n")
                    .contains("peerworks_ready{level=\"store\"} 1\n")
                    .contains("peerworks_ready{level=\"jobs\"} 1\n")
                    .contains("peerworks_ready{level=\"room\"} 1\n")
                    .contains("peerworks_jobs{state=\"queued\"} 0\n")
                    .contains("peerworks_slots{kind=\"cpu\",state=\"free\"} ")
                    .contains("# TYPE peerworks_transfer_bytes_total counter\n")
                    .contains("peerworks_audit_entries_total ")
                    .contains("peerworks_resident_memory_bytes "));
    HttpResponse<String> health = get("/health");
    assertThat(get("/health?tag=room").statusCode()).as(health.body()).isEqualTo(200);
    assertThat(health.body()).contains("\"Job store\"", "\"Vital parts\"", "\"Audit log\"");

    worker.type("health:ready");
    worker.awaitLine("room +yes ");
    worker.type("health:check --tag room");
    worker.awaitLine("ok +Transports +.*webrtc");
    worker.awaitLine("Nothing is wrong");
    worker.type("health:check --tag nonsense");
    worker.awaitLine("There are: audit, disk, jobs, ready, room, store, system");
  }
}
