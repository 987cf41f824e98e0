package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannelObserver;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A native channel that keeps what is done to it, and fails as the native library does. */
final class Recorded implements NativeChannel {

  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicLong buffered = new AtomicLong();
  final AtomicLong sent = new AtomicLong();
  volatile RTCDataChannelObserver observer;
  volatile boolean closed;
  volatile Error sendFailure;
  volatile Error bufferedFailure;

  @Override
  public void observe(RTCDataChannelObserver given) {
    observer = given;
  }

  @Override
  public boolean open() {
    return !closed;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public long buffered() {
    failing(bufferedFailure);
    return buffered.get();
  }

  @Override
  public void send(ByteBuffer content, boolean binary) {
    failing(sendFailure);
    buffered.addAndGet(content.remaining());
    sent.addAndGet(content.remaining());
  }

  @Override
  public void close() {
    calls.add("close on " + Thread.currentThread().getName());
  }

  @Override
  public void dispose() {
    calls.add("dispose on " + Thread.currentThread().getName());
  }

  private static void failing(Error failure) {
    if (failure != null) {
      throw failure;
    }
  }
}
