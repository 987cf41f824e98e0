package org.peerworks.pose.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks the program into a directory that is named after its content, once.
 *
 * <p>Several processes may do so at the same time: each unpacks into a temporary directory and
 * renames it; the first one wins. A directory is never changed afterwards, so programs that run
 * from it go on when the bundle is updated.
 */
final class ProgramFiles {

  /** Jars of the class path. */
  static final String LIB = "program/lib/";

  /** Jars of native libraries. */
  static final String NATIVE = "program/native/";

  private static final String CLASSES = "org/peerworks/pose/";
  private static final Pattern TORCH =
      Pattern.compile("(?:pytorch/cpu/linux-x86_64|jnilib/linux-x86_64/cpu)/([^/]+\\.so[^/]*)");

  /** Decoders, containers and colours of FFmpeg; not its devices, filters and programs. */
  private static final Pattern VIDEO =
      Pattern.compile(
          "org/bytedeco/(?:ffmpeg|javacpp)/linux-x86_64/(lib(?:jni)?(?:avcodec|avformat|avutil|swresample|swscale|va|va-drm|drm|javacpp)\\.so[^/]*)");

  private static final Pattern HDF5 = Pattern.compile("native/([^/]+\\.so)");
  private static final String COMPLETE = "files";

  private final List<ProgramEntry> entries;
  private final Path directory;

  /**
   * @param directory where programs are unpacked below
   */
  ProgramFiles(List<ProgramEntry> entries, Path directory) {
    this.entries =
        entries.stream()
            .filter(entry -> Stream.of(LIB, NATIVE, CLASSES).anyMatch(entry.path()::startsWith))
            .sorted(Comparator.comparing(ProgramEntry::path))
            .toList();
    this.directory = directory;
  }

  /** The directory with the program; unpacks it if it is not there yet. */
  Path unpacked() throws IOException {
    if (entries.stream().noneMatch(entry -> entry.path().startsWith(LIB))) {
      throw new IOException("The built-in trainer's bundle holds no program below '" + LIB + "'");
    }
    Path target = directory.resolve("pose-" + hash().substring(0, 16));
    if (isComplete(target)) {
      return target;
    }
    Files.createDirectories(directory);
    synchronized (ProgramFiles.class) {
      // Released by the system if the process dies.
      try (FileChannel lock =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (held.isValid() && !isComplete(target)) {
          replace(target);
        }
      }
    }
    return target;
  }

  private void replace(Path target) throws IOException {
    Path partial = directory.resolve(".pose-partial");
    delete(partial);
    Files.createDirectory(partial);
    try {
      unpack(partial);
      delete(target);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
  }

  private String hash() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java platform has SHA-256", e);
    }
    for (ProgramEntry entry : entries) {
      digest.update(entry.path().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      try (InputStream in = new DigestInputStream(entry.open(), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void unpack(Path target) throws IOException {
    for (ProgramEntry entry : entries) {
      String path = entry.path();
      if (path.startsWith(LIB)) {
        copy(entry, target.resolve("lib").resolve(name(path)));
        libraries(entry, HDF5, target.resolve("native/hdf5"));
      } else if (path.startsWith(NATIVE)) {
        libraries(entry, TORCH, target.resolve("native/torch"));
        libraries(entry, VIDEO, target.resolve("native/video"));
      } else if (path.startsWith(CLASSES)) {
        copy(entry, target.resolve("classes").resolve(path));
      }
    }
    Files.writeString(target.resolve(COMPLETE), listing(target));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void copy(ProgramEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = entry.open()) {
      Files.copy(in, file);
    }
  }

  private static void libraries(ProgramEntry jar, Pattern wanted, Path target) throws IOException {
    if (wanted.equals(HDF5) && !name(jar.path()).startsWith("org.peerworks.lib.slp")) {
      return;
    }
    try (ZipInputStream zip = new ZipInputStream(jar.open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Matcher matcher = wanted.matcher(entry.getName());
        if (matcher.matches()) {
          Files.createDirectories(target);
          Files.copy(zip, target.resolve(matcher.group(1)));
        }
      }
    }
  }

  /** Sizes and names of all files: tells after a power failure whether all of them are there. */
  private static String listing(Path target) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = target.relativize(file).toString();
        if (!name.equals(COMPLETE)) {
          lines.add(Files.size(file) + " " + name + "\n");
        }
      }
    }
    lines.sort(Comparator.naturalOrder());
    return String.join("", lines);
  }

  private static boolean isComplete(Path target) throws IOException {
    Path complete = target.resolve(COMPLETE);
    return Files.isRegularFile(complete) && Files.readString(complete).equals(listing(target));
  }

  private static void delete(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
