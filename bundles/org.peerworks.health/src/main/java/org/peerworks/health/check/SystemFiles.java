package org.peerworks.health.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of this process, below {@code /proc/self} (proc(5)). */
public final class SystemFiles {

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+)");

  private final Path self;

  public SystemFiles() {
    this(Path.of("/proc/self"));
  }

  /**
   * @param self a directory with {@code fd}, {@code limits} and {@code status}
   */
  SystemFiles(Path self) {
    this.self = self;
  }

  /** How many files, sockets and pipes are open. */
  public OptionalLong open() throws IOException {
    if (!Files.isDirectory(self.resolve("fd"))) {
      return OptionalLong.empty();
    }
    long open = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(self.resolve("fd"))) {
      for (Path file : files) {
        open += file.getFileName() == null ? 0 : 1;
      }
    }
    return OptionalLong.of(Math.max(0, open - 1)); // without the one that lists them
  }

  /** How many may be. */
  public OptionalLong mostOpen() throws IOException {
    return number("limits", OPEN_FILES, 1);
  }

  /** Bytes of memory that are resident, natives included. */
  public OptionalLong resident() throws IOException {
    return number("status", RESIDENT, 1024);
  }

  private OptionalLong number(String file, Pattern pattern, long unit) throws IOException {
    if (!Files.isReadable(self.resolve(file))) {
      return OptionalLong.empty();
    }
    Matcher line = pattern.matcher(Files.readString(self.resolve(file)));
    return line.find()
        ? OptionalLong.of(Long.parseLong(line.group(1)) * unit)
        : OptionalLong.empty();
  }
}
