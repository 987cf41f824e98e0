package org.peerworks.pose.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFilesTest {

  private static final String TORCH = "pytorch/cpu/linux-x86_64/libtorch.so";

  private static final String FFMPEG = "org/bytedeco/ffmpeg/linux-x86_64/";

  @TempDir Path directory;

  private static ProgramEntry entry(String path, byte[] content) {
    return new ProgramEntry(path, () -> new ByteArrayInputStream(content));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private ProgramFiles program(String content) throws IOException {
    return new ProgramFiles(
        List.of(
            entry("program/lib/a.jar", content.getBytes(StandardCharsets.UTF_8)),
            entry("program/lib/org.peerworks.lib.slp-1.jar", zip("native/libhdf5.so", "x.class")),
            entry("program/native/torch.jar", zip(TORCH, "pytorch/cpu/osx/libtorch.dylib")),
            entry("program/native/ffmpeg.jar", zip(FFMPEG + "libavcodec.so.61", FFMPEG + "ffmpeg")),
            entry("org/peerworks/pose/Main.class", new byte[100]),
            entry("OSGI-INF/component.xml", new byte[10])),
        directory.resolve("programs"));
  }

  @Test
  void jarsClassesAndNativeLibrariesAreUnpacked() throws IOException {
    Path program = program("one").unpacked();
    assertThat(program.resolve("lib/a.jar")).hasContent("one");
    assertThat(program.resolve("native/torch/libtorch.so")).hasContent(TORCH);
    assertThat(program.resolve("native/hdf5/libhdf5.so")).exists();
    assertThat(program.resolve("native/video/libavcodec.so.61")).exists();
    assertThat(program.resolve("native/video")).isDirectoryNotContaining("glob:**/ffmpeg");
    assertThat(program.resolve("classes/org/peerworks/pose/Main.class")).hasSize(100);
    assertThat(program.resolve("OSGI-INF")).doesNotExist();
    assertThat(program.getParent()).isDirectoryNotContaining("glob:**/.pose-*");
  }

  @Test
  void theSameProgramIsUnpackedOnce() throws IOException {
    Path program = program("one").unpacked();
    Path file = program.resolve("lib/a.jar");
    Object key =
        Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    assertThat(program("one").unpacked()).isEqualTo(program);
    assertThat(
            Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey())
        .isEqualTo(key);
  }

  @Test
  void anotherVersionStandsBesideTheFirst() throws IOException {
    Path one = program("one").unpacked();
    Path two = program("two").unpacked();
    assertThat(two).isNotEqualTo(one);
    assertThat(one.resolve("lib/a.jar")).hasContent("one");
    assertThat(two.resolve("lib/a.jar")).hasContent("two");
  }

  @Test
  void whatAPowerFailureLeftIsReplaced() throws IOException {
    Path program = program("one").unpacked();
    Files.write(program.resolve("lib/a.jar"), new byte[0]);
    assertThat(program("one").unpacked().resolve("lib/a.jar")).hasContent("one");
  }

  @Test
  void severalAtOnceGetTheSameProgram() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Path>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> program("one").unpacked());
      }
      List<Path> programs = new ArrayList<>();
      for (Future<Path> future : executor.invokeAll(calls)) {
        programs.add(future.get());
      }
      assertThat(programs).containsOnly(programs.get(0));
      assertThat(programs.get(0).getParent()).isDirectoryNotContaining("glob:**/.pose-*");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aBundleWithoutAProgramSaysSo() {
    ProgramFiles empty = new ProgramFiles(List.of(), directory);
    assertThatThrownBy(empty::unpacked).hasMessageContaining("program/lib");
  }
}
