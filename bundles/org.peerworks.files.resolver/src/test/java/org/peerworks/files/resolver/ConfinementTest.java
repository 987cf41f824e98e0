package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.NewFile;

/** Each way out of a mount is first shown to work without the check. */
final class ConfinementTest {

  @TempDir Path top;

  private TestFiles files;

  @BeforeEach
  void start() throws IOException {
    files = new TestFiles(top);
    TestFiles.file(files.lab.resolve("data/fly.slp"), "fly");
  }

  @AfterEach
  void stop() {
    files.close();
  }

  private static void assertRefused(ThrowingCallable call, Code code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Without a check this path reads the secret; with it, it is refused. */
  private void assertWayOut(Path path) throws IOException {
    assertThat(Files.readString(path)).as("without the check").isEqualTo("secret");
    assertRefused(() -> files.mounts.require(path.toString()), Code.ACCESS_DENIED);
    assertRefused(() -> files.mounts.open(path.toString()), Code.ACCESS_DENIED);
    assertRefused(() -> files.mounts.requireForWriting(path.toString()), Code.ACCESS_DENIED);
    assertRefused(() -> TestFiles.get(files.resolver.look(path.toString())), Code.ACCESS_DENIED);
  }

  @Test
  void whatLiesInAMountCanBeUsed() throws IOException {
    Path file = files.lab.resolve("data/fly.slp");
    assertThat(files.mounts.require(file.toString())).isEqualTo(file);
    assertThat(files.mounts.require("data/fly.slp")).as("relative").isEqualTo(file);
    assertThat(files.mounts.require(files.lab + "/data/../data/./fly.slp")).isEqualTo(file);
    assertThat(files.mounts.require(files.lab.toString())).isEqualTo(files.lab);
    try (SeekableByteChannel channel = files.mounts.open(file.toString())) {
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void anotherPlaceIsRefused() throws IOException {
    assertWayOut(files.secret.resolve("key.slp"));
  }

  @Test
  void dotsDoNotLeadOut() throws IOException {
    assertWayOut(Path.of(files.lab + "/data/../../../secret/key.slp"));
    assertWayOut(Path.of(files.lab + "/../../secret/key.slp"));
  }

  @Test
  void linksDoNotLeadOut() throws IOException {
    Files.createSymbolicLink(files.lab.resolve("file.slp"), files.secret.resolve("key.slp"));
    assertWayOut(files.lab.resolve("file.slp"));
    Files.createSymbolicLink(files.lab.resolve("directory"), files.secret);
    assertWayOut(files.lab.resolve("directory/key.slp"));
    Files.createSymbolicLink(files.lab.resolve("relative"), Path.of("../../secret"));
    assertWayOut(files.lab.resolve("relative/key.slp"));
    Files.createSymbolicLink(files.lab.resolve("twice"), files.lab.resolve("directory"));
    assertWayOut(files.lab.resolve("twice/key.slp"));
    Files.createSymbolicLink(files.lab.resolve("proc"), Path.of("/proc/self/root"));
    assertWayOut(Path.of(files.lab + "/proc" + files.secret + "/key.slp"));
  }

  @Test
  void dotsAfterALinkAreThoseOfItsTarget() throws IOException {
    Files.createDirectories(files.secret.resolve("inner"));
    Files.createSymbolicLink(files.lab.resolve("link"), files.secret.resolve("inner"));
    assertWayOut(Path.of(files.lab + "/link/../key.slp"));
    // By its text alone this one would be in the mount.
    TestFiles.file(files.lab.resolve("key.slp"), "ours");
    assertRefused(() -> files.mounts.require(files.lab + "/link/../key.slp"), Code.ACCESS_DENIED);
  }

  @Test
  void linksBetweenMountsAreFollowed() throws IOException {
    Path file = TestFiles.file(files.archive.resolve("old/bee.slp"), "bee");
    Files.createSymbolicLink(files.lab.resolve("absolute"), files.archive.resolve("old"));
    Files.createSymbolicLink(files.lab.resolve("relative"), Path.of("../archive/old"));
    assertThat(files.mounts.require(files.lab + "/absolute/bee.slp")).isEqualTo(file);
    assertThat(files.mounts.require(files.lab + "/relative/bee.slp")).isEqualTo(file);
    assertThat(files.mounts.require(files.lab + "/../archive/old/bee.slp")).isEqualTo(file);
  }

  @Test
  void circlesEnd() throws IOException {
    Files.createSymbolicLink(files.lab.resolve("one"), files.lab.resolve("two"));
    Files.createSymbolicLink(files.lab.resolve("two"), files.lab.resolve("one"));
    Files.createSymbolicLink(files.lab.resolve("self"), Path.of("."));
    assertRefused(() -> files.mounts.require(files.lab + "/one/x"), Code.ACCESS_DENIED);
    assertThat(files.mounts.require(files.lab + "/self/self/self/data/fly.slp")).exists();
    assertRefused(
        () -> files.mounts.require(files.lab + "/self".repeat(41) + "/x"), Code.ACCESS_DENIED);
  }

  @Test
  void nothingIsToldOfWhatIsOutside() throws IOException {
    Files.createSymbolicLink(files.lab.resolve("there"), files.secret.resolve("key.slp"));
    Files.createSymbolicLink(files.lab.resolve("gone"), files.secret.resolve("no.slp"));
    Files.createSymbolicLink(files.lab.resolve("through"), files.secret.resolve("key.slp/x"));
    for (String pair :
        new String[] {
          files.secret + "/key.slp|" + files.secret + "/no.slp",
          files.lab + "/there|" + files.lab + "/gone",
          files.lab + "/there|" + files.lab + "/through",
          files.lab + "/../../secret/key.slp|" + files.lab + "/../../secret/no.slp",
          "/etc/shadow|/etc/shadow-that-is-not-there"
        }) {
      String[] paths = pair.split("\\|");
      assertThat(told(paths[0])).isEqualTo(told(paths[1]));
    }
  }

  /** All that a caller learns of a path, but for its name. */
  private String told(String path) {
    StringBuilder told = new StringBuilder();
    ThrowingCallable[] calls = {
      () -> files.mounts.require(path),
      () -> files.mounts.requireForWriting(path),
      () -> files.mounts.open(path),
      () -> TestFiles.get(files.resolver.look(path)),
      () -> TestFiles.get(files.resolver.list(path, 0, 20)),
      () -> TestFiles.get(files.resolver.checkVideos(path)),
    };
    for (ThrowingCallable call : calls) {
      try {
        call.call();
        told.append("nothing");
      } catch (FileAccessException e) {
        told.append(e.code()).append(e.getMessage().replace(path, "PATH")).append('\n');
      } catch (Throwable e) {
        told.append(e);
      }
    }
    return told.toString();
  }

  @Test
  void otherSpellingsOfAMountAreNotTheMount() throws IOException {
    String lab = files.lab.toString();
    for (String other : new String[] {lab.replace("/mnt/lab", "/MNT/LAB"), lab + "x"}) {
      Path key = TestFiles.file(Path.of(other, "data/fly.slp"), "secret");
      assertThat(key.toString().regionMatches(true, 0, lab, 0, lab.length()))
          .as("a comparison of texts, or one without regard to case, would let it through")
          .isTrue();
      assertWayOut(key);
    }
    Files.createSymbolicLink(files.lab.resolve("DATA"), files.secret);
    assertWayOut(files.lab.resolve("DATA/key.slp"));
    assertThat(files.mounts.require(lab + "/data/fly.slp")).exists();
  }

  @Test
  void whatIsOnlyCalledLikeAMountIsOutside() throws IOException {
    for (Path likeIt :
        new Path[] {files.lab.resolveSibling("LAB"), files.lab.resolveSibling("lab2")}) {
      Path key = TestFiles.file(likeIt.resolve("key.slp"), "secret");
      String lab = files.lab.toString();
      assertThat(key.toString().regionMatches(true, 0, lab, 0, lab.length()))
          .as("a comparison of texts, or one without regard to case, would let it through")
          .isTrue();
      assertWayOut(key);
    }
  }

  @Test
  void aNameThatCannotBeShownIsNotUsedEvenIfThereIsSuchAFile() throws IOException {
    for (String name : new String[] {"two\nlines.slp", "bell\u0007.slp", "back\u202Ewards.slp"}) {
      Path file = TestFiles.file(files.lab.resolve(name), "secret");
      assertThat(Files.readString(file)).as("without the check").isEqualTo("secret");
      assertRefused(() -> files.mounts.require(file.toString()), Code.INVALID_REQUEST);
      assertRefused(() -> files.mounts.open(file.toString()), Code.INVALID_REQUEST);
      assertRefused(
          () -> TestFiles.get(files.resolver.look(file.toString())), Code.INVALID_REQUEST);
    }
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).hidden())
        .isEqualTo(3);
  }

  @Test
  void aNameThatIsNoTextIsNeitherShownNorReplacedByAnother() throws Exception {
    Path made = Files.createDirectory(files.lab.resolve("made"));
    String command = "printf secret > '" + made + "/'$(printf 'a\\377.slp')";
    assertThat(new ProcessBuilder("bash", "-c", command).start().waitFor()).isZero();
    Path shown = Path.of(made + "/a\uFFFD.slp");
    Path named = onlyFileOf(made);
    assertThat(Files.readString(named)).as("without the check, by its bytes").isEqualTo("secret");
    assertThat(named.toString()).as("as a list would show it").isEqualTo(shown.toString());
    TestFiles.file(shown, "another");
    assertThat(Files.readString(Path.of(named.toString())))
        .as("without the check, by what a list shows")
        .isEqualTo("another");

    for (String asked : List.of(named.toString(), shown.toString())) {
      assertRefused(() -> files.mounts.require(asked), Code.INVALID_REQUEST);
      assertRefused(() -> files.mounts.open(asked), Code.INVALID_REQUEST);
      assertRefused(() -> TestFiles.get(files.resolver.look(asked)), Code.INVALID_REQUEST);
    }
    DirectoryListing listing = TestFiles.get(files.resolver.list(made.toString(), 0, 20));
    assertThat(listing.entries()).isEmpty();
    assertThat(listing.hidden()).isEqualTo(2);
  }

  /** By the bytes of its name, which no text has. */
  private static Path onlyFileOf(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return entries.iterator().next();
    }
  }

  @Test
  void aNewFileDoesNotGoWhereALinkOrDotsLead() throws IOException {
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    Files.createSymbolicLink(files.lab.resolve("late.slp"), files.secret.resolve("late.slp"));
    for (String path :
        new String[] {
          files.lab + "/out/new.slp", files.lab + "/../../secret/new.slp", files.lab + "/late.slp"
        }) {
      Path byName = Path.of(path);
      Files.writeString(byName, "without the check it lies outside");
      Path outside = byName.toRealPath();
      assertThat(outside).startsWith(files.secret);
      Files.delete(outside);
      assertThatThrownBy(() -> files.mounts.create(path).close())
          .isInstanceOf(FileAccessException.class);
      assertThat(outside).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\u0000b", "a\u202Eb", "\uFFFD", "\uD800", "a\u0007"})
  void whatIsNoPathIsRefused(String path) {
    assertRefused(() -> files.mounts.require(path), Code.INVALID_REQUEST);
    assertRefused(() -> TestFiles.get(files.resolver.list(path, 0, 20)), Code.INVALID_REQUEST);
  }

  @Test
  void aPathOfTenThousandCharactersIsRefused() {
    assertRefused(() -> files.mounts.require("/a".repeat(5000)), Code.INVALID_REQUEST);
    assertRefused(
        () -> files.mounts.require(files.lab + "/" + "n".repeat(300)), Code.INVALID_REQUEST);
  }

  @Test
  void specialFilesAreRefused() throws Exception {
    Path pipe = files.lab.resolve("pipe.slp");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer =
        new ProcessBuilder("sh", "-c", "printf secret > '" + pipe + "'").inheritIO().start();
    assertThat(Files.readString(pipe)).as("without the check it is read").isEqualTo("secret");
    assertThat(writer.waitFor()).isZero();
    assertRefused(() -> files.mounts.open(pipe.toString()), Code.ACCESS_DENIED);
    assertRefused(() -> files.mounts.require(pipe + "/x"), Code.PATH_NOT_FOUND);
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).hidden())
        .isEqualTo(1);
  }

  @Test
  void aLinkThatIsSwappedInBetweenCheckAndUseIsNotFollowed() throws Exception {
    Path real = Files.createDirectories(files.lab.resolve("swap"));
    TestFiles.file(real.resolve("key.slp"), "ours");
    Path aside = files.lab.resolve("aside");
    Path link = files.lab.resolve("link");
    Files.createSymbolicLink(link, files.secret);
    AtomicBoolean stop = new AtomicBoolean();
    Thread swapper =
        new Thread(
            () -> {
              while (!stop.get()) {
                try {
                  Files.move(real, aside);
                  Files.move(link, real);
                  Files.move(real, link);
                  Files.move(aside, real);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    swapper.start();
    String path = real + "/key.slp";
    int escaped = 0;
    int ours = 0;
    try {
      for (int i = 0; i < 200_000 && (escaped == 0 || ours < 200); i++) {
        escaped += escapesByPath(Path.of(path)) ? 1 : 0;
        if (i % 20 == 0) {
          ours += readsOurs(path) ? 1 : 0;
        }
      }
    } finally {
      stop.set(true);
      swapper.join();
    }
    assertThat(escaped).as("check, then use by name: reads the secret").isPositive();
    assertThat(ours).as("by handles: reads what is in the mount").isPositive();
  }

  /** As one would do it by names: resolve, compare, open. */
  private boolean escapesByPath(Path path) {
    try {
      return path.toRealPath().startsWith(files.lab) && Files.readString(path).equals("secret");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean readsOurs(String path) throws IOException {
    try (SeekableByteChannel channel = files.mounts.open(path)) {
      assertThat(channel.size()).as("size of ours, not of the secret").isEqualTo(4);
      return true;
    } catch (FileAccessException e) {
      assertThat(e.code()).isIn(Code.ACCESS_DENIED, Code.PATH_NOT_FOUND);
      return false;
    }
  }

  @Test
  void aNewFileGoesWhereItWasAskedForAlsoIfADirectoryIsSwapped() throws IOException {
    Path directory = Files.createDirectories(files.lab.resolve("out"));
    try (NewFile file = files.mounts.create(directory + "/new.slp")) {
      file.write(java.nio.ByteBuffer.wrap(new byte[5]));
      Files.move(directory, files.lab.resolve("moved"));
      Files.createSymbolicLink(directory, files.secret);
      file.commit();
    }
    assertThat(files.secret.resolve("new.slp")).doesNotExist();
    assertThat(files.lab.resolve("moved/new.slp")).hasSize(5);
  }

  @Test
  void aNewFileReplacesNothingAndLeavesNothing() throws IOException {
    Path there = TestFiles.file(files.lab.resolve("there.slp"), "there");
    assertRefused(() -> files.mounts.create(there.toString()), Code.EXISTS);
    Path late = files.lab.resolve("late.slp");
    try (NewFile file = files.mounts.create(late.toString())) {
      file.write(java.nio.ByteBuffer.wrap(new byte[5]));
      Files.writeString(late, "faster");
      assertRefused(file::commit, Code.EXISTS);
    }
    assertThat(late).hasContent("faster");
    files.mounts.create(files.lab + "/given-up.slp").close();
    try (var left = Files.list(files.lab)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("data", "there.slp", "late.slp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x.slp", "a\\..\\b", ".hidden", "-rf", "a:b", "nul\u0001"})
  void aNewFileHasAPlainNameInADirectoryOfAMount(String name) {
    assertThatThrownBy(() -> files.mounts.create(files.lab + "/" + name))
        .isInstanceOf(FileAccessException.class);
    assertRefused(() -> files.mounts.create(files.secret + "/x.slp"), Code.ACCESS_DENIED);
    assertRefused(() -> files.mounts.create(files.lab + "/no/x.slp"), Code.PATH_NOT_FOUND);
  }

  @Test
  void directoriesAreMadeInMountsOnly() throws IOException {
    assertThat(files.mounts.createDirectories(files.lab + "/a/b/c")).isDirectory();
    assertThat(files.mounts.createDirectories(files.lab + "/a/b/c")).isDirectory();
    assertRefused(() -> files.mounts.createDirectories(files.secret + "/x"), Code.ACCESS_DENIED);
    Files.createSymbolicLink(files.lab.resolve("out"), files.secret);
    assertRefused(() -> files.mounts.createDirectories(files.lab + "/out/x"), Code.ACCESS_DENIED);
    assertThat(files.secret.resolve("x")).doesNotExist();
    assertRefused(() -> files.mounts.createDirectories(files.lab + "/data/fly.slp/x"), Code.EXISTS);
  }

  @Test
  void theWorkersOwnCopiesAreReadButNotListedAndNotWritten() throws IOException {
    Path copy = TestFiles.file(files.table.projects().resolve("id/x.slp"), "copy");
    assertThat(files.mounts.require(copy.toString())).isEqualTo(copy);
    assertThat(files.mounts.mounts()).extracting("label").containsExactly("lab", "archive");
    assertRefused(() -> files.mounts.create(copy + "x"), Code.ACCESS_DENIED);
    assertRefused(() -> files.mounts.requireForWriting(copy.toString()), Code.ACCESS_DENIED);
  }
}
