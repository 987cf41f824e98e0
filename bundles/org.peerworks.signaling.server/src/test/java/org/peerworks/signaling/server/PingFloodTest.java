package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PingFloodTest {

  private static final int PAYLOAD = 125;

  @TempDir Path data;

  @Test
  void pingsAreAnswered() throws Exception {
    try (Meeting meeting = Meeting.start(data);
        Socket socket = open(meeting.server.address().webSocket())) {
      for (int i = 0; i < 10; i++) {
        socket.getOutputStream().write(ping());
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(2)).containsExactly(0x8A, PAYLOAD);
        assertThat(in.readNBytes(PAYLOAD)).containsOnly(0);
      }
    }
  }

  @Test
  void whoSendsPingsAndReadsNothingIsDisconnected() throws Exception {
    try (Meeting meeting = Meeting.start(data);
        Socket socket = open(meeting.server.address().webSocket())) {
      OutputStream out = socket.getOutputStream();
      byte[] ping = ping();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 200_000; i++) {
                  out.write(ping);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(meeting.connect().isClosed()).isFalse();
    }
  }

  /** Masked with zeros. */
  private static byte[] ping() {
    byte[] frame = new byte[6 + PAYLOAD];
    frame[0] = (byte) 0x89;
    frame[1] = (byte) (0x80 | PAYLOAD);
    return frame;
  }

  private static Socket open(URI server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    return socket;
  }
}
