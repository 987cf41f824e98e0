package org.peerworks.itests.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Track;
import org.peerworks.lib.slp.Video;

/** Sound inputs that a fuzzer begins with. */
final class Seeds {

  private Seeds() {}

  static List<byte[]> archives() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("package/", "package/train-script.sh", "package/labels.slp")) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(name.repeat(20).getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    }
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(stored)) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(1);
    }
    return List.of(bytes.toByteArray(), stored.toByteArray());
  }

  static List<byte[]> labels(Path directory) throws IOException {
    Path file = directory.resolve("seed.slp");
    EmbeddedFrames embedded =
        new EmbeddedFrames("video0/video", ImageFormat.PNG, 2, 2, 1, false, List.of(0, 5));
    Point point = new Point(1.5, 2.5, true, true);
    SlpWriter.write(
        file,
        new Labels(
            List.of(
                new Skeleton(
                    "animal",
                    List.of(new Node("nose", 1), new Node("tail", 1)),
                    List.of(),
                    List.of())),
            List.of(
                new Video("arena.mp4", Optional.of(embedded)),
                new Video("other.mp4", Optional.empty())),
            List.of(new Track(0, "a")),
            List.of(
                new LabeledFrame(
                    0, 5, List.of(new Instance(0, List.of(point, Point.MISSING))), List.of())),
            List.of(new Suggestion(0, 0, 0))),
        (video, frame) -> new byte[] {1, 2, 3, (byte) frame});
    return List.of(Files.readAllBytes(file));
  }

  static List<byte[]> scripts() {
    return texts(
        "#!/bin/bash\nsleap-nn train --config-name a.yaml --config-dir . trainer_config.max_epochs=1\n",
        "set -e\nsleap-nn track -i labels.slp \\\n  -m models/a --frames '1,2-3' -o \"out put.slp\"\n",
        "# nothing\n\nsleap-train a.json labels.slp\n");
  }

  static List<byte[]> peerworks() {
    return texts(
        """
        {"type":"submit","key":"k1","jobType":"train","parameters":{"configs":["a.yaml"]},"inputs":{"a.zip":"%s"},"priority":5}"""
            .formatted("0a".repeat(32)),
        "{\"type\":\"ping\"}",
        "\0\1\0\0\0\0\0\0\0\7abc");
  }

  static List<byte[]> sleap() {
    return texts(
        "PACKAGE_TYPE::train",
        "FILE_META::a.zip:1234:/home/ann",
        "END_OF_FILE",
        "JOB_SUBMIT::j1::{\"type\":\"train\",\"config_paths\":[\"/a.yaml\"],\"labels_path\":\"/b.slp\"}",
        "FS_RESOLVE::/data/a b.mp4::1200::5",
        "FS_LIST_DIR::/data::20",
        "FS_SCAN_DIR::/data::[\"a.mp4\",\"b.mp4\"]",
        "FS_WRITE_SLP::{\"slp_path\":\"/a.slp\",\"output_dir\":\"/b\",\"filename_map\":{\"a\":\"b\"}}",
        "JOB_PROGRESS::j1::{\"epoch\":1,\"loss\":0.5}",
        "AUTH_CHALLENGE::abc",
        "INPUT_FILE::a.slp");
  }

  static List<byte[]> descriptions() {
    String head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n";
    String tail =
        "c=IN IP4 0.0.0.0\r\na=mid:0\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\na=fingerprint:sha-256 "
            + "0A:".repeat(31)
            + "0A\r\na=setup:actpass\r\n";
    return texts(
        head
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + tail
            + "a=sctp-port:5000\r\na=max-message-size:65536\r\n"
            + "a=candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host\r\n",
        head
            + "m=application 9 DTLS/SCTP 5000\r\n"
            + tail
            + "a=sctpmap:5000 webrtc-datachannel 65535\r\n");
  }

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
