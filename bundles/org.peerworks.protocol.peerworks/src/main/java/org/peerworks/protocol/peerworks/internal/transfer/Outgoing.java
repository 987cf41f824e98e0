package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** A file on its way out. {@link Pump} alone reads it; credit may come from any thread. */
public final class Outgoing {

  private final int id;
  private final ReadableByteChannel source;
  private final long size;
  private final Listener listener;
  private long offset;
  private volatile long granted;
  private volatile boolean stopped;

  /** Told how the sending went; on the pump's thread. */
  public interface Listener {

    /** All bytes were handed to the channel; the source is closed. */
    void sent();

    /** The source could not be read; it is closed. */
    void failed(IOException cause);
  }

  /**
   * @param source positioned at the offset; closed at the end
   * @param offset of the first byte to send
   * @param size of the whole file
   * @param granted up to which offset the peer takes bytes now
   */
  public Outgoing(
      int id, ReadableByteChannel source, long offset, long size, long granted, Listener listener) {
    this.id = id;
    this.source = source;
    this.offset = offset;
    this.size = size;
    this.granted = granted;
    this.listener = listener;
  }

  public int id() {
    return id;
  }

  /**
   * Takes more credit.
   *
   * @param upTo offset before which bytes may be sent; a lower one than before changes nothing
   */
  void grant(long upTo) {
    granted = Math.max(granted, upTo);
  }

  /** Sends no more; the pump closes the source and tells nobody. */
  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  boolean done() {
    return offset >= size;
  }

  /** Whether a whole frame, or the rest of the file, may go. */
  boolean ready(int frameSize) {
    return offset + Math.min(size - offset, frameSize - Frame.HEADER) <= granted;
  }

  /** Bytes of the next frame, with its header. */
  int nextFrame(int frameSize) {
    return (int) Math.min(frameSize, Frame.HEADER + size - offset);
  }

  /**
   * Fills a frame.
   *
   * @param frame of exactly the size that {@link #nextFrame} gave
   */
  void fill(ByteBuffer frame) throws IOException {
    frame.clear().position(Frame.HEADER);
    while (frame.hasRemaining()) {
      if (source.read(frame) < 0) {
        throw new IOException(
            "The file ended at byte %d, but had %d bytes before. It was changed while it was sent."
                .formatted(offset + frame.position() - Frame.HEADER, size));
      }
    }
    frame.flip();
    new Frame(id, offset).write(frame);
    offset += frame.limit() - Frame.HEADER;
  }

  void close() throws IOException {
    source.close();
  }

  Listener listener() {
    return listener;
  }

  /** Refuses acknowledgements of what was never sent. Approximate, as the pump may be ahead. */
  public void requirePlausible(long acknowledged) {
    if (acknowledged > size) {
      throw new WireException(
          "Byte %d of transfer %d was acknowledged, but the file has %d bytes."
              .formatted(acknowledged, id, size));
    }
  }
}
