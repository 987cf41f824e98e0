package org.peerworks.files.api;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** A page that can be looked at until it is closed. Thread-safe. */
@ProviderType
public interface FilePage extends AutoCloseable {

  /** What to open in a browser. Has the token of this page: whoever knows it sees the files. */
  URI address();

  /** Ends the page, also where it is open. Returns within seconds. */
  @Override
  void close();
}
