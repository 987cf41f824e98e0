package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A whole upload that is kept while it is pinned. */
public final class PinnedFile {

  private final Uploads owner;
  private final UploadKey key;
  private final AtomicBoolean released = new AtomicBoolean();

  PinnedFile(Uploads owner, UploadKey key) {
    this.owner = owner;
    this.key = key;
  }

  public Path path() {
    return owner.whole(key);
  }

  /** Lets the file expire. */
  public void release() {
    if (released.compareAndSet(false, true)) {
      owner.unpin(key);
    }
  }

  /** Deletes the file, unless somebody else has pinned it. */
  public void consume() throws IOException {
    if (released.compareAndSet(false, true)) {
      owner.consume(key);
    }
  }
}
