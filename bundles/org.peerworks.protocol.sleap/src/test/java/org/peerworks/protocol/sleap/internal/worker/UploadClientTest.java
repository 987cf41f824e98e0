package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.files.Hashes;

/** Files on their way into a mount (sleap-rtc wire format §2.8). */
final class UploadClientTest {

  @TempDir private Path directory;
  private Path mount;
  private Worker worker;

  @BeforeEach
  void start() throws IOException {
    mount = Files.createDirectories(directory.resolve("mount")).toRealPath();
    worker = new Worker(directory.resolve("data")).withMounts(mount);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(mount)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> mount.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private TestClient upload(String name, String content) {
    TestClient client = worker.connect();
    client.say("FILE_UPLOAD_START::%s::%d::%s::1".formatted(name, content.length(), mount));
    client.await("FILE_UPLOAD_READY");
    return client.bytes(content).bytes("KEEP_ALIVE").say("FILE_UPLOAD_END");
  }

  @Test
  void aFileArrivesAndIsKnownByItsHashAlsoAfterARestart() throws IOException {
    TestClient client = upload("a.mp4", "video");
    Path file = mount.resolve("sleap_rtc_downloads/a.mp4");

    assertThat(client.await("FILE_UPLOAD_COMPLETE")).isEqualTo("FILE_UPLOAD_COMPLETE::" + file);
    assertThat(Files.readString(file)).isEqualTo("video");
    String check = "FILE_UPLOAD_CHECK::" + Hashes.sha256(file) + "::a.mp4";
    assertThat(worker.connect().say(check).await("FILE_UPLOAD_CACHE"))
        .isEqualTo("FILE_UPLOAD_CACHE_HIT::" + file);

    worker.close();
    worker = new Worker(directory.resolve("data")).withMounts(mount);
    worker.connect().say(check).await("FILE_UPLOAD_CACHE_HIT::" + file);

    Files.writeString(file, "other");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
    worker.connect().say(check).await("FILE_UPLOAD_READY");
  }

  @Test
  void aFileThatIsGoneOrOutsideOfTheMountsNowIsAskedForAgain() throws IOException {
    upload("a.mp4", "video").await("FILE_UPLOAD_COMPLETE");
    Path file = mount.resolve("sleap_rtc_downloads/a.mp4");
    String check = "FILE_UPLOAD_CHECK::" + Hashes.sha256(file) + "::a.mp4";

    worker.withMounts(directory.resolve("elsewhere"));
    worker.connect().say(check).await("FILE_UPLOAD_READY");
    worker.withMounts(mount);
    Files.delete(file);
    worker.connect().say(check).await("FILE_UPLOAD_READY");
  }

  @Test
  void theSameBytesUnderAnotherNameAreAnotherFile() throws IOException {
    upload("a.mp4", "video").await("FILE_UPLOAD_COMPLETE");
    String check =
        "FILE_UPLOAD_CHECK::" + Hashes.sha256(mount.resolve("sleap_rtc_downloads/a.mp4")) + "::";

    worker.connect().say(check + "b.mp4").await("FILE_UPLOAD_READY");
    Files.writeString(mount.resolve("sleap_rtc_downloads/b.mp4"), "other");
    upload("b.mp4", "video").await("FILE_UPLOAD_COMPLETE");
    assertThat(worker.connect().say(check + "b.mp4").await("FILE_UPLOAD_CACHE_HIT"))
        .endsWith("/b-2.mp4");
  }

  @Test
  void aClaimedHashIsNotBelieved() {
    String claimed = "0".repeat(64);
    TestClient client = worker.connect().say("FILE_UPLOAD_CHECK::" + claimed + "::a.mp4");
    client.await("FILE_UPLOAD_READY");
    client.say("FILE_UPLOAD_START::a.mp4::1::" + mount + "::0").bytes("x").say("FILE_UPLOAD_END");
    client.await("FILE_UPLOAD_COMPLETE");

    worker.connect().say("FILE_UPLOAD_CHECK::" + claimed + "::a.mp4").await("FILE_UPLOAD_READY");
  }

  @Test
  void nothingIsReplaced() throws IOException {
    Files.writeString(mount.resolve("a.mp4"), "precious");
    TestClient client = worker.connect();
    client.say("FILE_UPLOAD_START::a.mp4::1::" + mount + "::0").bytes("x").say("FILE_UPLOAD_END");

    assertThat(client.await("FILE_UPLOAD_COMPLETE")).endsWith("/a-2.mp4");
    assertThat(Files.readString(mount.resolve("a.mp4"))).isEqualTo("precious");
    assertThat(files()).containsExactly("a-2.mp4", "a.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.mp4::1::MOUNT::0",
        "../../a.mp4::1::MOUNT::1",
        "/etc/a.mp4::1::MOUNT::0",
        ".a::1::MOUNT::0",
        "a.mp4::1::/etc::0",
        "a.mp4::1::/tmp::1",
        "a.mp4::1::MOUNT/../..::0",
        "a.mp4::1::MOUNT/none::0",
        "a.mp4::1048577::MOUNT::0",
        "a.mp4::-1::MOUNT::0",
        "a.mp4::1::MOUNT",
        "a.mp4::1::MOUNT::yes",
        "::1::MOUNT::0"
      })
  void whatIsNotTakenIsToldAndNothingIsKept(String start) throws IOException {
    TestClient client = worker.connect();
    client.say("FILE_UPLOAD_START::" + start.replace("MOUNT", mount.toString())).bytes("x");

    assertThat(client.await("FILE_UPLOAD_ERROR::").length()).isGreaterThan(30);
    client.say("FILE_UPLOAD_END");
    assertThat(files()).isEmpty();
    assertThat(client.heard()).noneMatch(text -> text.startsWith("FILE_UPLOAD_COMPLETE"));
  }

  @Test
  void aLinkInAMountIsNoWayOut() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.createSymbolicLink(mount.resolve("link"), outside);
    Files.writeString(mount.resolve("link/shows-it-leads-out"), "");
    assertThat(outside.resolve("shows-it-leads-out")).exists();

    TestClient client = worker.connect();
    client.say("FILE_UPLOAD_START::a::1::" + mount.resolve("link") + "::0");

    client.await("FILE_UPLOAD_ERROR::");
    assertThat(outside.resolve("a")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "abcd"})
  void aFileOfAnotherSizeIsToldAndDeleted(String content) throws IOException {
    TestClient client = worker.connect();
    client.say("FILE_UPLOAD_START::a::3::" + mount + "::0").bytes(content).say("FILE_UPLOAD_END");

    assertThat(client.await("FILE_UPLOAD_ERROR::")).contains("Size mismatch: expected 3, got");
    assertThat(files()).isEmpty();
  }

  @Test
  void aClientThatLeavesLeavesNothingAndFreesItsPlace() throws IOException {
    for (int i = 0; i < 5; i++) {
      TestClient client = worker.connect();
      client.say("FILE_UPLOAD_START::a::3::" + mount + "::0").bytes("x");
      client.await("FILE_UPLOAD_READY");
      client.leave();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void onlySoManyFilesAreOnTheirWayAtOnce() {
    for (int i = 0; i < Worker.LIMITS.uploads(); i++) {
      TestClient client = worker.connect();
      client.say("FILE_UPLOAD_START::a" + i + "::3::" + mount + "::0").await("FILE_UPLOAD_READY");
    }
    TestClient third = worker.connect();

    third.say("FILE_UPLOAD_START::b::3::" + mount + "::0");

    assertThat(third.await("FILE_UPLOAD_ERROR::")).contains("already receives 2 files");
  }

  @Test
  void theDiskKeepsItsReserve() {
    worker.free.set(2);

    assertThat(
            worker
                .connect()
                .say("FILE_UPLOAD_START::a::3::" + mount + "::0")
                .await("FILE_UPLOAD_ERROR::"))
        .contains("no room");
  }

  @Test
  void anEndWithoutABeginningIsAnError() {
    worker.connect().say("FILE_UPLOAD_END").await("FILE_UPLOAD_ERROR::No file is on its way");
  }

  @Test
  void withoutMountsThereIsNoUpload() {
    worker.mounts.set(null);
    worker
        .connect()
        .say("FILE_UPLOAD_CHECK::" + "0".repeat(64) + "::a")
        .await("FILE_UPLOAD_ERROR::This worker has no mounts");
  }

  @Test
  void aPackageAndAFileDoNotGetMixedUp() throws IOException {
    TestClient client = worker.connect();
    client.say("FILE_META::p.zip:3:false").bytes("x");
    client.say("FILE_UPLOAD_START::a::2::" + mount + "::0").bytes("yz").say("FILE_UPLOAD_END");
    client.await("FILE_UPLOAD_COMPLETE");
    client.say("END_OF_FILE");

    assertThat(Files.readAllBytes(mount.resolve("a")))
        .isEqualTo("yz".getBytes(StandardCharsets.UTF_8));
    assertThat(worker.jobs.all).isEmpty();
    worker.awaitNothingStaged();
  }
}
