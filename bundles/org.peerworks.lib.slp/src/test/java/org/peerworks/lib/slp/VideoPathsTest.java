package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VideoPathsTest {

  @TempDir Path directory;

  private final MetadataReader metadata = new MetadataReader();

  private VideoPaths video(String json) {
    return VideoPaths.of(metadata.parse("a video", json));
  }

  @Test
  void pathsAreFoundInAllFormsThatSleapWrites() {
    assertThat(video("{\"backend\":{\"filename\":\"a.mp4\"}}").files())
        .isEqualTo(new VideoFiles(List.of("a.mp4"), false));
    assertThat(video("{\"filename\":\"a.mp4\"}").files().names()).containsExactly("a.mp4");
    assertThat(video("{\"backend\":{\"filename\":[\"1.png\",\"2.png\"]}}").files().names())
        .containsExactly("1.png", "2.png");
    assertThat(video("{\"backend\":{\"filenames\":[\"1.png\"]}}").files().names())
        .containsExactly("1.png");
    assertThat(video("{\"backend\":{\"filename\":\".\",\"dataset\":\"video0/video\"}}").files())
        .isEqualTo(new VideoFiles(List.of(), true));
    assertThat(video("{}").files()).isEqualTo(new VideoFiles(List.of(), false));
    assertThat(video("[]").files()).isEqualTo(new VideoFiles(List.of(), false));
  }

  @Test
  void onlyWhatWasAskedForIsReplaced() {
    VideoPaths video =
        video("{\"backend\":{\"filename\":[\"1.png\",\"2.png\"],\"fps\":29.97,\"x\":NaN},\"y\":1}");
    assertThat(video.replace(Map.of("3.png", "/3.png"))).isFalse();
    assertThat(video.replace(Map.of("2.png", "/n/2.png"))).isTrue();
    assertThat(metadata.text(video.json()))
        .isEqualTo(
            "{\"backend\":{\"filename\":[\"1.png\",\"/n/2.png\"],\"fps\":29.97,\"x\":NaN},\"y\":1}");
    VideoPaths embedded = video("{\"backend\":{\"filename\":\".\"}}");
    assertThat(embedded.replace(Map.of(".", "/etc/passwd"))).isFalse();
  }

  @Test
  void aCopyDiffersInItsVideoPathsOnly() throws Exception {
    Path file = Samples.write(directory.resolve("a.slp"));
    Path copy = directory.resolve("b.slp");
    byte[] before = Files.readAllBytes(file);
    try (SlpFile input = SlpFile.open(file)) {
      assertThat(SlpWriter.writeVideoPaths(input, copy, Map.of("other.mp4", "/n/ü.mp4"))).isOne();
      try (SlpFile output = SlpFile.open(copy)) {
        assertThat(output.videoFiles())
            .containsExactly(
                new VideoFiles(List.of(), true), new VideoFiles(List.of("/n/ü.mp4"), false));
        Labels old = input.labels();
        Labels now = output.labels();
        assertThat(now.frames()).isEqualTo(old.frames());
        assertThat(now.suggestions()).isEqualTo(old.suggestions());
        assertThat(now.skeletons()).isEqualTo(old.skeletons());
        assertThat(output.image(now.videos().get(0), 42).orElseThrow().data())
            .isEqualTo(Samples.png(42));
      }
    }
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFileThatIsOpenAlreadyIsReadWhateverIsPutInItsPlace() throws Exception {
    Path file = Samples.write(directory.resolve("a.slp"));
    FileChannel channel = FileChannel.open(file);
    Files.delete(file);
    Files.writeString(file, "another");
    try (SlpFile open = SlpFile.open(channel, file, SlpLimits.DEFAULT)) {
      assertThat(open.videoFiles()).hasSize(2);
    }
    FileChannel other = FileChannel.open(file);
    assertThatThrownBy(() -> SlpFile.open(other, file, SlpLimits.DEFAULT))
        .isInstanceOf(SlpException.class);
    assertThat(other.isOpen()).isFalse();
  }
}
