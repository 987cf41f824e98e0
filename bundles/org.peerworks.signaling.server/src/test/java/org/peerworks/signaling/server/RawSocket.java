package org.peerworks.signaling.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A TCP connection on which any bytes can be sent, among them those of WebSocket (RFC 6455). */
final class RawSocket implements AutoCloseable {

  static final int TEXT = 1;
  static final int PING = 9;
  static final int FIN = 0x80;

  private static final int MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  RawSocket(URI server) throws IOException {
    socket.setSoTimeout(MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Becomes a WebSocket. */
  RawSocket upgrade() throws IOException {
    send(
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("No upgrade: " + head);
    }
    return this;
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** A frame, masked with zeros. */
  static byte[] frame(int head, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      boolean large = payload.length > 0xFFFF;
      frame.write(0x80 | (large ? 127 : 126));
      for (int shift = large ? 56 : 8; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  static byte[] text(String message) {
    return frame(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads until a pong with this content comes; false if the server has ended the connection. */
  boolean answers(byte[] content) throws IOException {
    try {
      send(frame(FIN | PING, content));
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte() & 0x7F;
        long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] payload = in.readNBytes((int) size);
        if (opcode == 8) {
          return false;
        } else if (opcode == 10 && Arrays.equals(payload, content)) {
          return true;
        }
      }
    } catch (EOFException | SocketException e) {
      return false;
    }
  }

  /** Reads until the server ends the connection, or is silent for a moment. */
  void drain(int millis) throws IOException {
    try {
      socket.setSoTimeout(millis);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException | java.net.SocketTimeoutException e) {
      // Ended, or silent: both are fine.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
