package org.peerworks.transport.direct;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Bytes over TLS on a blocking socket. One thread may read while another one writes; any thread may
 * close.
 */
final class TlsPipe implements Closeable {

  /** Encrypted bytes that are written, or read, at once; more leave the processor's cache. */
  private static final int BUFFER = 128 << 10;

  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final int packet;
  private volatile Runnable wantsWrite = () -> {};

  /** Received and not decrypted: from position to limit. */
  private ByteBuffer received;

  /** Encrypted and not sent: from 0 to position. */
  private ByteBuffer encrypted;

  TlsPipe(SocketChannel socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    this.packet = engine.getSession().getPacketBufferSize();
    this.received = ByteBuffer.allocate(packet).flip();
    this.encrypted = ByteBuffer.allocate(packet);
  }

  /** Largest number of bytes that one {@link #read} may bring. */
  int largestRead() {
    return engine.getSession().getApplicationBufferSize();
  }

  /**
   * @param task called by the thread that reads when TLS itself has something to say, such as a new
   *     key; must lead to a call of {@link #write}
   */
  void onWantsWrite(Runnable task) {
    wantsWrite = task;
  }

  void handshake() throws IOException {
    try {
      engine.beginHandshake();
      shakeHands();
    } catch (SSLException e) {
      tellProblem(e);
      throw e;
    }
    received = enlarged(received);
    encrypted = ByteBuffer.allocate(BUFFER);
  }

  private static ByteBuffer enlarged(ByteBuffer small) {
    return ByteBuffer.allocate(BUFFER).put(small).flip();
  }

  private void shakeHands() throws IOException {
    ByteBuffer[] plain = {ByteBuffer.allocate(largestRead())};
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          wrap(NOTHING, 0, 1);
          flush();
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          SSLEngineResult result = engine.unwrap(received, plain);
          if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("The other side ended the handshake.");
          }
          if (result.getStatus() == Status.BUFFER_UNDERFLOW && !fill()) {
            throw new EOFException("The other side closed the connection during the handshake.");
          }
        }
        default -> {
          return;
        }
      }
    }
  }

  /** Lets the other side know why, if it still listens. */
  private void tellProblem(SSLException problem) {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        int before = encrypted.position();
        wrap(NOTHING, 0, 1);
        if (encrypted.position() == before) {
          break;
        }
        flush();
      }
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /**
   * Reads what is there, or waits for it. By one thread at a time.
   *
   * @param targets with room for {@link #largestRead} bytes, over all
   * @return how many bytes; -1 at the end
   */
  long read(ByteBuffer[] targets) throws IOException {
    while (true) {
      SSLEngineResult result = engine.unwrap(received, targets);
      HandshakeStatus wanted = result.getHandshakeStatus();
      if (wanted == HandshakeStatus.NEED_TASK) {
        runTasks();
        wanted = engine.getHandshakeStatus();
      }
      if (wanted == HandshakeStatus.NEED_WRAP) {
        wantsWrite.run();
      }
      if (result.bytesProduced() > 0) {
        return result.bytesProduced();
      }
      switch (result.getStatus()) {
        case CLOSED -> {
          return -1;
        }
        case BUFFER_OVERFLOW -> throw new IllegalArgumentException("There is no room to read to.");
        case BUFFER_UNDERFLOW -> {
          if (!fill()) {
            return -1;
          }
        }
        default -> {
          // A message of TLS itself; the next one may be data.
        }
      }
    }
  }

  /** Answers whether there was more. */
  private boolean fill() throws IOException {
    received.compact();
    try {
      return socket.read(received) >= 0;
    } finally {
      received.flip();
    }
  }

  /** Encrypts and sends what remains in the sources, and all that TLS has to say before. */
  void write(ByteBuffer[] sources, int count) throws IOException {
    int first = 0;
    while (true) {
      while (first < count && !sources[first].hasRemaining()) {
        first++;
      }
      if (first == count) {
        break;
      }
      wrap(sources, first, count - first);
    }
    flush();
  }

  /** Sends what TLS itself has to say. By the thread that writes. */
  void writeOwn() throws IOException {
    int before = -1;
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
        && encrypted.position() != before) {
      before = encrypted.position();
      wrap(NOTHING, 0, 1);
    }
    flush();
  }

  private void wrap(ByteBuffer[] sources, int first, int count) throws IOException {
    if (encrypted.remaining() < packet) {
      flush();
    }
    SSLEngineResult result = engine.wrap(sources, first, count, encrypted);
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      runTasks();
    }
    if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
      throw new SSLException("The connection is closed.");
    }
  }

  private void flush() throws IOException {
    encrypted.flip();
    try {
      while (encrypted.hasRemaining()) {
        socket.write(encrypted);
      }
    } finally {
      encrypted.clear();
    }
  }

  /** Says that nothing more comes. By the thread that writes. */
  void end() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      int before = encrypted.position();
      wrap(NOTHING, 0, 1);
      if (encrypted.position() == before) {
        break;
      }
    }
    flush();
    socket.shutdownOutput();
  }

  /** Ends reading and writing, whatever they wait for. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
