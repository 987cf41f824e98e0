package org.peerworks.lib.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Whole directory trees. Links are never followed, nor is one that appears meanwhile. */
public final class FileTrees {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private FileTrees() {}

  /** Deletes a file, a link or a directory with all that is in it. A missing one is fine. */
  public static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      makeWritable(
          Files.getFileAttributeView(
              path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
      clear(path);
    }
    Files.deleteIfExists(path);
  }

  /** Deletes what is in a directory, not the directory. */
  static void clear(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      if (!(entries instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException(
            "Cannot delete '" + directory + "': its file system has no safe way to do it.");
      }
      clear(secure);
    } catch (NoSuchFileException e) {
      return; // somebody else was faster
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Bytes in the regular files of a tree, or in one file; 0 if it is missing. */
  public static long size(Path path) throws IOException {
    AtomicLong total = new AtomicLong();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              total.addAndGet(attributes.size());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return total.get();
  }

  private static void clear(SecureDirectoryStream<Path> directory) throws IOException {
    for (Path entry : directory) {
      Path name = entry.getFileName();
      try {
        if (isDirectory(directory, name)) {
          makeWritable(
              directory.getFileAttributeView(
                  name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
          try (SecureDirectoryStream<Path> child =
              directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            clear(child);
          }
          directory.deleteDirectory(name);
        } else {
          directory.deleteFile(name);
        }
      } catch (NoSuchFileException e) {
        continue; // somebody else was faster
      }
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /** A program may have taken the owner's right to delete in its directories: takes it back. */
  private static void makeWritable(PosixFileAttributeView view) throws IOException {
    Set<PosixFilePermission> found = view.readAttributes().permissions();
    if (!found.containsAll(OWNER)) {
      Set<PosixFilePermission> wanted = EnumSet.copyOf(OWNER);
      wanted.addAll(found);
      view.setPermissions(wanted);
    }
  }
}
