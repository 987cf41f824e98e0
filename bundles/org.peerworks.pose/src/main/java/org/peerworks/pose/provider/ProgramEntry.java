package org.peerworks.pose.provider;

import java.io.IOException;
import java.io.InputStream;

/**
 * One file that the program is made of.
 *
 * @param path inside the bundle, without a leading slash
 */
record ProgramEntry(String path, Opener opener) {

  /** Opens the content; the caller closes it. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  InputStream open() throws IOException {
    return opener.open();
  }
}
