package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackTest {

  @TempDir Path temp;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(temp.resolve("target"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasPackedComesOutAgain(boolean compress) throws IOException {
    Path source = Files.createDirectories(temp.resolve("source/deep/er")).getParent().getParent();
    Files.writeString(source.resolve("train-script.sh"), "sleap-nn train\n");
    Files.writeString(source.resolve("deep/er/labels (1) ä.slp"), "x".repeat(100_000));
    Files.createDirectory(source.resolve("empty"));

    assertThat(Archives.pack(source, "top", temp.resolve("a.zip"), compress)).isEmpty();
    Archives.unpack(temp.resolve("a.zip"), target, ArchiveLimits.DEFAULT);

    assertThat(target.resolve("top/train-script.sh")).hasContent("sleap-nn train\n");
    assertThat(target.resolve("top/deep/er/labels (1) ä.slp")).hasSize(100_000);
    assertThat(target.resolve("top/empty")).isEmptyDirectory();
  }

  @Test
  void twoArchivesOfOneDirectoryAreTheSame() throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(source.resolve("b"), "b");
    Files.writeString(source.resolve("a"), "a");
    Archives.pack(source, "", temp.resolve("1.zip"), true);
    Archives.pack(source, "", temp.resolve("2.zip"), true);
    assertThat(temp.resolve("1.zip")).hasSameBinaryContentAs(temp.resolve("2.zip"));
  }

  @Test
  void linksAreLeftOutOfAnArchiveAndNamed() throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(temp.resolve("secret"), "s");
    Files.createSymbolicLink(source.resolve("link"), temp.resolve("secret"));
    assertThat(Archives.pack(source, "", temp.resolve("a.zip"), true)).containsExactly("link");
    Archives.unpack(temp.resolve("a.zip"), target, ArchiveLimits.DEFAULT);
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whatNoArchiveMayNameIsLeftOutAndTheRestIsPacked() throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(source.resolve("a\\b"), "");
    Files.writeString(source.resolve("Best.ckpt"), "upper");
    Files.writeString(source.resolve("best.ckpt"), "lower");
    Files.createDirectory(source.resolve("x\\y"));
    Files.writeString(source.resolve("x\\y/inner"), "");
    assertThat(Archives.pack(source, "", temp.resolve("a.zip"), true))
        .containsExactly("a\\b", "best.ckpt", "x\\y");
    Archives.unpack(temp.resolve("a.zip"), target, ArchiveLimits.DEFAULT);
    assertThat(target.resolve("Best.ckpt")).hasContent("upper");
    assertThat(target.toFile().list()).containsExactly("Best.ckpt");
  }

  @Test
  void anArchiveIsNotWrittenIntoWhatItPacks() {
    assertThatThrownBy(() -> Archives.pack(temp, "", target.resolve("a.zip"), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would pack itself");
  }
}
