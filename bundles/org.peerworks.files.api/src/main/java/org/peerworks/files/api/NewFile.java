package org.peerworks.files.api;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file on its way into a mount. Used by one thread at a time.
 *
 * <p>Writes block and throw {@code IOException} if the disk is full or fails.
 */
@ProviderType
public interface NewFile extends WritableByteChannel {

  /**
   * Gives the file its name, once all is on stable storage. Then it is closed.
   *
   * @return the real path of the file
   * @throws FileAccessException {@code EXISTS} if somebody else has taken the name meanwhile
   */
  Path commit() throws IOException;

  /** Throws away what was written, unless it is committed. */
  @Override
  void close() throws IOException;
}
