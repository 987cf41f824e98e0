package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.pose.UserError;

class VideoLocatorTest {

  @TempDir Path directory;

  private Path folder;
  private Path labels;
  private VideoLocator locator;

  @BeforeEach
  void makePackage() throws IOException {
    folder = Files.createDirectories(directory.resolve("package")).toRealPath();
    labels = Files.createFile(Files.createDirectory(folder.resolve("labels")).resolve("a.slp"));
    locator = new VideoLocator(folder, List.of());
  }

  private Path make(String path) throws IOException {
    Path file = folder.resolve(path).normalize();
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "film.mp4",
        "/home/somebody/far away/film.mp4",
        "../../../../etc/film.mp4",
        "C:\\Users\\somebody\\film.mp4",
        "D:/videos\\film.mp4"
      })
  void aPathOfAnotherComputerIsFoundByItsNameBesideTheLabels(String stored) throws Exception {
    Path film = make("labels/film.mp4");
    make("film.mp4");
    assertThat(locator.find(labels, stored)).isEqualTo(film);
  }

  @Test
  void thePathThatTheLabelsHoldComesFirst() throws Exception {
    make("labels/film.mp4");
    Path film = make("videos/film.mp4");
    assertThat(locator.find(labels, "../videos/film.mp4")).isEqualTo(film);
    assertThat(locator.find(labels, "videos/film.mp4")).isEqualTo(film);
    assertThat(locator.find(labels, film.toString())).isEqualTo(film);
  }

  @Test
  void theTopOfThePackageComesLast() throws Exception {
    Path film = make("film.mp4");
    assertThat(locator.find(labels, "/data/film.mp4")).isEqualTo(film);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../../secret.mp4",
        "../../package/../secret.mp4",
        "",
        ".",
        "..",
        "/",
        "labels/..",
        "link.mp4",
        "folder/secret.mp4"
      })
  void nothingOutsideOfThePackageIsFound(String stored) throws Exception {
    Path secret = Files.createFile(directory.resolve("secret.mp4"));
    Path passwords = Files.createFile(directory.resolve("passwd"));
    Files.createSymbolicLink(folder.resolve("labels/passwd"), passwords);
    Files.createSymbolicLink(folder.resolve("labels/link.mp4"), secret);
    Files.createSymbolicLink(folder.resolve("labels/folder"), directory);
    assertThatThrownBy(() -> locator.find(labels, stored))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'" + stored + "'")
        .hasMessageContaining("Nothing outside of that folder is looked at");
  }

  @Test
  void whatTheLabelsNameInAMountOfTheWorkerIsFoundAndNothingThatALinkThereLeadsTo()
      throws Exception {
    Path mount = Files.createDirectory(directory.resolve("mount")).toRealPath();
    Path film = Files.createFile(mount.resolve("film.mp4"));
    Path secret = Files.createFile(directory.resolve("secret.mp4"));
    Path link = Files.createSymbolicLink(mount.resolve("link.mp4"), secret);
    locator = new VideoLocator(folder, List.of(mount, directory.resolve("gone")));
    assertThat(locator.find(labels, film.toString())).isEqualTo(film);
    for (Path outside : List.of(link, secret, mount.resolve("../secret.mp4"))) {
      assertThatThrownBy(() -> locator.find(labels, outside.toString()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("but for the worker's mounts");
    }
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() {
    assertThatThrownBy(() -> locator.find(labels, "film\0.mp4")).isInstanceOf(UserError.class);
  }
}
