package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Archives that nobody thought of: nothing lands outside, nothing stays of what is refused. */
class HostileArchivesTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(50, 1 << 20, 100);

  private Path temp;
  private Path target;

  @BeforeTry
  void makeTarget() throws IOException {
    temp = Files.createTempDirectory("archives");
    target = Files.createDirectory(temp.resolve("target"));
  }

  @AfterTry
  void deleteTarget() throws IOException {
    FileTrees.delete(temp);
  }

  @Property(tries = 300)
  void anyChangedBytesAreReadOrRefused(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll byte value)
      throws IOException {
    byte[] bytes = Files.readAllBytes(sample());
    for (int place : places) {
      bytes[place % bytes.length] = value;
    }
    unpack(bytes);
  }

  @Property(tries = 300)
  void aTruncatedArchiveIsRefused(@ForAll @IntRange(max = 1 << 20) int length) throws IOException {
    byte[] bytes = Files.readAllBytes(sample());
    boolean unpacked = unpack(Arrays.copyOf(bytes, length % bytes.length));
    assertThat(unpacked).isFalse();
  }

  @Property(tries = 300)
  void anyBytesBehindASignatureAreReadOrRefused(@ForAll @Size(max = 400) byte[] bytes)
      throws IOException {
    byte[] archive = Arrays.copyOf(bytes, bytes.length + 22);
    System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, archive, bytes.length, 4);
    unpack(archive);
  }

  @Property(tries = 300)
  void anyNamesStayInside(
      @ForAll @Size(min = 1, max = 4) List<@StringLength(min = 1, max = 12) String> names)
      throws IOException {
    Path zip =
        Zips.make(
            temp.resolve("a.zip"),
            z -> {
              for (String name : names) {
                z.add(name, name.endsWith("/") ? "" : "x");
              }
            });
    unpack(Files.readAllBytes(zip));
  }

  private Path sample() throws IOException {
    return Zips.make(
        temp.resolve("a.zip"),
        z -> z.add("models/a.yaml", "a: 1\n".repeat(20)).add("b.slp", "x").add("c/", ""));
  }

  /** Whether it was unpacked; if not, that nothing is left. */
  private boolean unpack(byte[] archive) throws IOException {
    Path zip = Files.write(temp.resolve("a.zip"), archive);
    boolean unpacked;
    try {
      Archives.unpack(zip, target, LIMITS);
      unpacked = true;
    } catch (ArchiveException e) {
      unpacked = false;
      assertThat(e.getMessage()).startsWith("The archive").doesNotContain("\0");
      assertThat(Zips.isEmpty(target)).isTrue();
    }
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside).containsExactlyInAnyOrder(zip, target);
    }
    return unpacked;
  }
}
