package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

class VideoFileTest {

  @TempDir Path directory;

  private static VideoFile open(Path file) throws UserError {
    return VideoFile.open(file, Optional.empty(), VideoLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4, mp4, 12, 0",
    "mpeg4, mp4, 250, 3",
    "mpeg4, mp4, 10, 3",
    "mpeg4, mkv, 25, 2",
    "mpeg4, avi, 25, 2",
    "mpeg2video, mkv, 12, 2",
    "mpeg2video, ts, 12, 2",
    "libopenh264, mp4, 30, 0",
    "libopenh264, ts, 30, 0",
    "libvpx-vp9, webm, 40, 0",
    "mjpeg, mov, 1, 0"
  })
  void anyFrameIsTheOneThatReadingFromTheStartGives(
      String encoder, String container, int gop, int bFrames) throws UserError {
    int count = 120;
    Path file =
        new VideoMaker()
            .encoder(encoder)
            .frames(count)
            .gop(gop)
            .bFrames(bFrames)
            .write(directory.resolve("film." + container));
    float[][] inOrder = new float[count][];
    try (VideoFile video = open(file)) {
      assertThat(video.frames()).isEqualTo(count);
      for (int i = 0; i < count; i++) {
        Raster frame = video.frame(i);
        assertThat(BarCode.number(frame)).isEqualTo(i);
        inOrder[i] = frame.data();
      }
    }
    Random random = new Random(42);
    try (VideoFile video = open(file)) {
      for (int i = 0; i < 60; i++) {
        int number = i < 3 ? count - 1 - i : random.nextInt(count);
        assertThat(Arrays.equals(video.frame(number).data(), inOrder[number]))
            .as("frame " + number)
            .isTrue();
      }
    }
  }

  @Test
  void framesThatAreShownForDifferentTimesAreCountedAllTheSame() throws UserError {
    Path file =
        new VideoMaker()
            .frames(90)
            .gop(30)
            .bFrames(2)
            .shown(i -> i * 33L + (i % 7) * 4L + (i > 50 ? 5000 : 0))
            .write(directory.resolve("uneven.mp4"));
    expectNumbers(file, 90);
  }

  @Test
  void aVideoMayStartLate() throws UserError {
    Path file =
        new VideoMaker()
            .frames(60)
            .gop(20)
            .bFrames(3)
            .shown(i -> 7_000 + i * 40L)
            .write(directory.resolve("late.mkv"));
    expectNumbers(file, 60);
  }

  private static void expectNumbers(Path file, int count) throws UserError {
    Random random = new Random(1);
    try (VideoFile video = open(file)) {
      assertThat(video.frames()).isEqualTo(count);
      for (int i = 0; i < 100; i++) {
        int number = random.nextInt(count);
        assertThat(BarCode.number(video.frame(number))).isEqualTo(number);
      }
    }
  }

  @Test
  void framesWithoutColourHaveOneChannel() throws UserError {
    Path grey = new VideoMaker().frames(3).write(directory.resolve("grey.mp4"));
    try (VideoFile video = open(grey)) {
      assertThat(video.channels()).isEqualTo(1);
      Raster frame = video.frame(1);
      assertThat(frame.channels()).isEqualTo(1);
      assertThat(frame.height()).isEqualTo(BarCode.HEIGHT);
      assertThat(frame.width()).isEqualTo(BarCode.WIDTH);
    }
    try (VideoFile video = VideoFile.open(grey, Optional.of(false), VideoLimits.DEFAULT)) {
      assertThat(video.frame(1).channels()).isEqualTo(3);
    }
  }

  @Test
  void framesInColourAreGreyWhereTheLabelsSaySo() throws UserError {
    Path file = new VideoMaker().frames(3).tint(60).write(directory.resolve("blue.mp4"));
    try (VideoFile colour = open(file);
        VideoFile grey = VideoFile.open(file, Optional.of(true), VideoLimits.DEFAULT)) {
      Raster all = colour.frame(2);
      Raster one = grey.frame(2);
      assertThat(all.channels()).isEqualTo(3);
      assertThat(one.channels()).isEqualTo(1);
      // SLEAP takes the first channel, red.
      assertThat(one.data()).isEqualTo(Arrays.copyOf(all.data(), one.data().length));
      assertThat(all.data()[2 * one.data().length]).isGreaterThan(all.data()[0]);
    }
  }

  @Test
  void aFrameBeyondTheEndIsNamed() throws UserError {
    Path file = new VideoMaker().frames(5).write(directory.resolve("short.mp4"));
    try (VideoFile video = open(file)) {
      assertThatThrownBy(() -> video.frame(5))
          .isInstanceOf(UserError.class)
          .hasMessage("'%s' has no frame 5: it has 5 frames, counted from 0.", file);
      assertThatThrownBy(() -> video.frame(-1)).isInstanceOf(UserError.class);
      assertThat(BarCode.number(video.frame(4))).isEqualTo(4);
    }
  }

  @Test
  void aCutOffVideoGivesWhatIsThereAndNamesTheFirstMissingFrame() throws UserError, IOException {
    Path file =
        new VideoMaker().frames(100).gop(10).fragmented().write(directory.resolve("cut.mp4"));
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length * 6 / 10));
    try (VideoFile video = open(file)) {
      assertThat(BarCode.number(video.frame(30))).isEqualTo(30);
      assertThatThrownBy(() -> video.frame(95))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("95");
    }
  }

  @Test
  void damageIsNamedAndTheFramesAroundItCanBeHad() throws UserError, IOException {
    Path file =
        new VideoMaker().encoder("mjpeg").frames(40).gop(1).write(directory.resolve("damaged.mov"));
    byte[] all = Files.readAllBytes(file);
    Arrays.fill(all, all.length / 2, all.length / 2 + 900, (byte) 0xff);
    Files.write(file, all);
    int damaged = 0;
    int sound = 0;
    try (VideoFile video = open(file)) {
      for (int i = 0; i < video.frames(); i++) {
        try {
          sound += BarCode.number(video.frame(i)) == i ? 1 : 0;
        } catch (UserError e) {
          damaged++;
          assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("rame " + i);
        }
      }
    }
    assertThat(damaged).isBetween(1, 4);
    assertThat(sound).isEqualTo(40 - damaged);
  }

  @Test
  void whatIsNoVideoIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("film.mp4"), "no film at all");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("'" + file + "' cannot be opened as a video: ");
    Path missing = directory.resolve("none.mp4");
    assertThatThrownBy(() -> open(missing)).hasMessageContaining("There is no file '" + missing);
  }

  @Test
  void aPlaylistThatNamesAnotherFileIsNotFollowed() throws UserError, IOException {
    Path secret = new VideoMaker().frames(3).write(directory.resolve("secret.mp4"));
    Path concat =
        Files.writeString(
            directory.resolve("list.mp4"), "ffconcat version 1.0\nfile '" + secret + "'\n");
    Path playlist =
        Files.writeString(
            directory.resolve("live.m3u8"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n");
    for (Path file : new Path[] {concat, playlist}) {
      assertThatThrownBy(() -> open(file)).isInstanceOf(UserError.class);
    }
  }

  @Test
  void limitsAreKept() throws UserError {
    Path large = new VideoMaker().size(256, 128).frames(3).write(directory.resolve("large.mp4"));
    assertThatThrownBy(
            () -> VideoFile.open(large, Optional.empty(), new VideoLimits(256 * 127, 10)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("256×128")
        .hasMessageContaining("32512");
    Path lengthy = new VideoMaker().frames(30).write(directory.resolve("lengthy.mp4"));
    assertThatThrownBy(
            () -> VideoFile.open(lengthy, Optional.empty(), new VideoLimits(1 << 20, 29)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("more than 29 frames");
  }

  @Test
  void namesWithOtherLettersAreOpened() throws UserError, IOException {
    Path made = new VideoMaker().frames(3).write(directory.resolve("a.mp4"));
    Path named = Files.move(made, directory.resolve("http:Käfig 1%d.mp4"));
    try (VideoFile video = open(named)) {
      assertThat(video.frames()).isEqualTo(3);
    }
  }
}
