package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Does what the frames of the other side say. One thread of its own reads. */
final class Receiver {

  private final Link link;
  private final FrameReader frames;
  private final ByteBuffer ignored = ByteBuffer.allocate(16 << 10);
  private volatile long lastReceived = System.nanoTime();

  Receiver(Link link, FrameReader frames) {
    this.link = link;
    this.frames = frames;
  }

  /** As {@link System#nanoTime} counts. */
  long lastReceived() {
    return lastReceived;
  }

  /** Until the end; the body of the thread that reads. */
  void run() {
    try {
      while (frames.next()) {
        lastReceived = System.nanoTime();
        if (!handle()) {
          return;
        }
      }
      link.lose("The connection to '" + link.peer() + "' was lost: it ended without a word.");
    } catch (FrameException e) {
      link.broken("'" + link.peer() + "' " + e.getMessage() + ", so the connection was closed.");
    } catch (IOException | RuntimeException e) {
      link.lost(e);
    }
  }

  /** Answers whether more may come. */
  private boolean handle() throws IOException {
    switch (frames.kind()) {
      case Frames.BINARY, Frames.TEXT, Frames.MORE -> message();
      case Frames.CREDIT -> credit();
      case Frames.OPEN -> link.otherOpened(frames.channel(), Frames.Opening.read(frames.content()));
      case Frames.OPENED -> opened();
      case Frames.CLOSE -> closed();
      case Frames.PING -> frames.content();
      case Frames.GOODBYE -> {
        frames.content();
        link.lose("'" + link.peer() + "' has closed the connection.");
        return false;
      }
      default ->
          throw new FrameException(
              "sent a frame of kind " + frames.kind() + ", which is not known");
    }
    return true;
  }

  private void message() throws IOException {
    DirectChannel channel = link.channels().get(frames.channel());
    if (channel == null) { // closed; the other side did not know yet
      ignore(frames.length());
      return;
    }
    byte[] message = channel.assembly().read(frames);
    if (message != null) {
      channel.received(message, channel.assembly().binary());
    }
  }

  private void ignore(int length) throws IOException {
    for (int left = length; left > 0; left -= ignored.limit()) {
      frames.read(ignored.clear().limit(Math.min(left, ignored.capacity())));
    }
  }

  private void credit() throws IOException {
    int more = frames.number();
    DirectChannel channel = link.channels().get(frames.channel());
    if (channel != null) {
      channel.outbox().grant(more);
      link.sender().ready(channel);
    }
  }

  private void opened() throws IOException {
    int granted = frames.number();
    DirectChannel channel = link.channels().get(frames.channel());
    if (channel != null) {
      if (!link.isOwn(channel.id()) || channel.opened().isDone()) {
        throw new FrameException("opened a channel that was not to be opened");
      }
      channel.outbox().grant(granted);
      channel.openedByOther();
    }
  }

  private void closed() throws IOException {
    String reason = Frames.text(frames.content());
    DirectChannel channel = link.channels().get(frames.channel());
    if (channel != null) {
      channel.gone(
          "The other side closed channel '"
              + channel.label()
              + "'"
              + (reason.isBlank() ? "." : ": " + Failures.shown(reason)));
    }
  }
}
