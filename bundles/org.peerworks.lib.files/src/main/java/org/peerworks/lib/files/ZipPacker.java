package org.peerworks.lib.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs one directory into one zip archive. */
final class ZipPacker {

  private final EntryNames names = new EntryNames(Integer.MAX_VALUE);
  private final List<String> leftOut = new ArrayList<>();
  private final Path root;
  private final String prefix;
  private final ZipArchiveOutputStream out;

  private ZipPacker(Path root, String prefix, ZipArchiveOutputStream out) {
    this.root = root;
    this.prefix = prefix;
    this.out = out;
  }

  static List<String> pack(Path directory, String topFolder, Path zip, boolean compress)
      throws IOException {
    Path root = directory.toRealPath();
    if (zip.toAbsolutePath().getParent().toRealPath().startsWith(root)) {
      throw new IllegalArgumentException(
          "The archive '" + zip + "' would pack itself; write it outside '" + directory + "'.");
    }
    Files.createFile(zip);
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip, StandardOpenOption.WRITE)) {
      out.setUseZip64(Zip64Mode.AsNeeded);
      out.setMethod(compress ? ZipArchiveOutputStream.DEFLATED : ZipArchiveOutputStream.STORED);
      out.setLevel(Deflater.BEST_SPEED);
      ZipPacker packer = new ZipPacker(root, topFolder.isEmpty() ? "" : topFolder + "/", out);
      if (!topFolder.isEmpty()) {
        packer.names.take(packer.prefix, true);
        packer.addFolder(packer.prefix, root);
      }
      packer.addContent(root);
      out.finish();
      return List.copyOf(packer.leftOut);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(zip);
      throw e;
    }
  }

  private void addContent(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    entries.sort(Comparator.comparing(Path::toString));
    for (Path entry : entries) {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String relative = root.relativize(entry).toString();
      if (!mayBeNamed(prefix + relative, attributes.isDirectory())) {
        leftOut.add(relative);
      } else if (attributes.isDirectory()) {
        addFolder(prefix + relative + "/", entry);
        addContent(entry);
      } else if (attributes.isRegularFile()) {
        addFile(prefix + relative, entry, attributes);
      } else {
        leftOut.add(relative);
      }
    }
  }

  private boolean mayBeNamed(String name, boolean folder) {
    try {
      names.take(name, folder);
      return true;
    } catch (ArchiveException e) {
      return false; // the caller hears of it with all others
    }
  }

  private void addFolder(String name, Path folder) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTime(Files.getLastModifiedTime(folder));
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(0);
    entry.setCrc(0);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  private void addFile(String name, Path file, BasicFileAttributes attributes) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTime(attributes.lastModifiedTime());
    entry.setSize(attributes.size());
    out.putArchiveEntry(entry);
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      in.transferTo(out);
    }
    out.closeArchiveEntry();
  }
}
