package org.peerworks.signaling.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Collects a short text as it arrives; no thread waits for it. */
final class BodyReader implements Runnable {

  private final Content.Source source;
  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<String> text = new CompletableFuture<>();

  private BodyReader(Content.Source source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /** Fails if there is more than the limit, or the sender goes away. */
  static CompletableFuture<String> read(Content.Source source, int maxBytes) {
    BodyReader reader = new BodyReader(source, maxBytes);
    reader.run();
    return reader.text;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        text.completeExceptionally(chunk.getFailure());
        return;
      }
      byte[] part = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(part);
      bytes.writeBytes(part);
      boolean last = chunk.isLast();
      chunk.release();
      if (bytes.size() > maxBytes) {
        text.completeExceptionally(new IOException("More than " + maxBytes + " bytes"));
        return;
      }
      if (last) {
        text.complete(bytes.toString(StandardCharsets.UTF_8));
        return;
      }
    }
  }
}
