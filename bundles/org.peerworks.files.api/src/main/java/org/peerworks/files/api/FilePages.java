package org.peerworks.files.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Shows the files of workers to people, as pages in browsers of this machine. Thread-safe. */
@ProviderType
public interface FilePages {

  /** Port to try first if nobody says another one. */
  int USUAL_PORT = 8765;

  /** How many ports are tried, beginning with the one that was asked for. */
  int PORTS = 100;

  /**
   * Serves a page on the loopback address until the result is closed.
   *
   * @param source whose files to show; not closed with the page
   * @param port tried first, then those above it; 0 for any free one
   * @throws IOException if none of the ports is free; the message says what to do
   */
  FilePage open(FileSource source, int port) throws IOException;
}
