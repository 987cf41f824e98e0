package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.transport.api.ChannelListener;

/** Keeps what a channel delivers. */
class Collected implements ChannelListener {

  final List<String> texts = new CopyOnWriteArrayList<>();
  final List<byte[]> binaries = new CopyOnWriteArrayList<>();
  final List<String> closed = new CopyOnWriteArrayList<>();
  volatile ClassLoader contextClassLoader;
  volatile String thread;

  @Override
  public void onText(String message) {
    seen();
    texts.add(message);
  }

  @Override
  public void onBinary(ByteBuffer message) {
    seen();
    byte[] content = new byte[message.remaining()];
    message.get(content);
    binaries.add(content);
  }

  @Override
  public void onClosed(String reason) {
    closed.add(reason);
  }

  private void seen() {
    contextClassLoader = Thread.currentThread().getContextClassLoader();
    thread = Thread.currentThread().getName();
  }
}
