package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The worker's data directory, with its keys: no mount shows what is in it, but for those of the
 * worker's own.
 *
 * @param path real
 * @param key device and number of the directory, by which it is known under other names too, as
 *     that of a bind mount
 */
record OwnData(Path path, Object key) {

  static OwnData of(Path data) throws IOException {
    Path real = data.toRealPath();
    return new OwnData(real, Files.readAttributes(real, BasicFileAttributes.class).fileKey());
  }

  boolean is(BasicFileAttributes attributes) {
    return key != null && key.equals(attributes.fileKey());
  }
}
