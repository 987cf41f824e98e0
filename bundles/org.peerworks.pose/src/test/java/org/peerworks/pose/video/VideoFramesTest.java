package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

class VideoFramesTest {

  @TempDir Path directory;

  private SlpFile labels(Video... videos) throws IOException {
    Path file = directory.resolve("labels.slp");
    Labels labels = new Labels(List.of(), List.of(videos), List.of(), List.of(), List.of());
    SlpWriter.write(file, labels, (video, frame) -> white());
    return SlpFile.open(file);
  }

  private static byte[] white() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 255);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void framesOfSeveralVideosAreRead() throws Exception {
    new VideoMaker().frames(20).write(directory.resolve("a.mp4"));
    new VideoMaker().frames(40).bFrames(2).write(directory.resolve("b.mp4"));
    try (SlpFile slp =
            labels(
                new Video("/elsewhere/a.mp4", Optional.empty()),
                new Video("b.mp4", Optional.empty(), Optional.of(false)));
        VideoFrames frames = new VideoFrames(VideoLimits.DEFAULT)) {
      List<Video> videos = slp.labels().videos();
      assertThat(frames.file(slp, videos.get(1)).frames()).isEqualTo(40);
      for (int i : new int[] {19, 3, 7}) {
        assertThat(BarCode.number(frames.image(slp, videos.get(0), i))).isEqualTo(i);
        assertThat(BarCode.number(frames.image(slp, videos.get(1), 2 * i))).isEqualTo(2 * i);
      }
      assertThat(frames.image(slp, videos.get(0), 0).channels()).isEqualTo(1);
      assertThat(frames.image(slp, videos.get(1), 0).channels()).isEqualTo(3);
    }
  }

  @Test
  void embeddedImagesComeFirstAndTheVideoHasTheOthers() throws Exception {
    new VideoMaker().frames(20).write(directory.resolve("a.mp4"));
    EmbeddedFrames some =
        new EmbeddedFrames("video0/video", ImageFormat.PNG, 16, 32, 1, false, List.of(4, 9));
    try (SlpFile slp = labels(new Video("a.mp4", Optional.of(some)));
        VideoFrames frames = new VideoFrames(VideoLimits.DEFAULT)) {
      Video video = slp.labels().videos().get(0);
      Raster embedded = frames.image(slp, video, 9);
      assertThat(embedded.width()).isEqualTo(32);
      assertThat(BarCode.number(frames.image(slp, video, 5))).isEqualTo(5);
    }
  }

  @Test
  void aMissingVideoIsNamedWithWhereItWasLookedFor() throws Exception {
    try (SlpFile slp = labels(new Video("/etc/passwd", Optional.empty()));
        VideoFrames frames = new VideoFrames(VideoLimits.DEFAULT)) {
      Video video = slp.labels().videos().get(0);
      assertThatThrownBy(() -> frames.image(slp, video, 0))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("'/etc/passwd' of 'labels.slp'")
          .hasMessageContaining("'passwd' beside the labels");
    }
  }

  @Test
  void moreVideosThanAreKeptOpenAreRead() throws Exception {
    List<Video> videos = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      new VideoMaker().frames(i + 3).gop(4).write(directory.resolve(i + ".mp4"));
      videos.add(new Video(i + ".mp4", Optional.empty()));
    }
    long before = openFiles();
    try (SlpFile slp = labels(videos.toArray(Video[]::new));
        VideoFrames frames = new VideoFrames(VideoLimits.DEFAULT)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 12; i++) {
          assertThat(BarCode.number(frames.image(slp, videos.get(i), i + 2))).isEqualTo(i + 2);
        }
      }
      assertThat(openFiles() - before).isLessThanOrEqualTo(9);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(before);
  }

  private static long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
