package org.peerworks.itests.distribution;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way of one client to its signalling server and, through it, to a worker: what it sends over
 * WebRTC goes through relays that can be cut. Changes the addresses that the peers tell each other
 * in WebSocket text frames (RFC 6455), and nothing else.
 */
final class Cable implements AutoCloseable {

  private static final Pattern CANDIDATE =
      Pattern.compile(
          "a=candidate:\\S+ 1 (?i:udp) \\d+ ([\\d.]+) (\\d+) typ host.*?(?=\\\\r\\\\n|\\\\n|\")");
  private static final Pattern ANY_CANDIDATE = Pattern.compile("a=candidate:.*?(\\\\r\\\\n|\\\\n)");

  private static final Pattern RESTARTS =
      Pattern.compile("a=x-peerworks-ice-restart(\\\\r\\\\n|\\\\n)");

  private final URI server;
  private final boolean restarts;
  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<UdpRelay> relays = new CopyOnWriteArrayList<>();

  /**
   * @param server WebSocket address of the signalling server
   * @param restarts whether the peers hear of each other that they can look for another path
   */
  Cable(URI server, boolean restarts) throws IOException {
    this.server = server;
    this.restarts = restarts;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread("cable", this::accept);
  }

  /** WebSocket address for the client. */
  URI address() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort());
  }

  /** How many connections there were. */
  int relays() {
    return relays.size();
  }

  /** Cuts the connections between client and worker that there are; later ones are not. */
  void cut() {
    relays.forEach(UdpRelay::cut);
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void thread(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (EOFException | SocketException e) {
                // The end.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket upstream = new Socket(server.getHost(), server.getPort());
      sockets.addAll(List.of(client, upstream));
      thread("cable-to-server", () -> carry(client, upstream, true));
      thread("cable-to-client", () -> carry(upstream, client, false));
    }
  }

  private void carry(Socket from, Socket to, boolean ofClient) throws IOException {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      header(in, out);
      while (true) {
        frame(in, out, ofClient);
      }
    }
  }

  private static void header(InputStream in, OutputStream out) throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      header.append((char) next);
    }
    out.write(header.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void frame(DataInputStream in, DataOutputStream out, boolean ofClient)
      throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    boolean masked = (second & 0x80) != 0;
    long size = second & 0x7f;
    size = size == 126 ? in.readUnsignedShort() : size == 127 ? in.readLong() : size;
    byte[] mask = masked ? in.readNBytes(4) : new byte[4];
    byte[] payload = in.readNBytes((int) size);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    if ((first & 0x0f) == 1 && (first & 0x80) != 0) {
      payload =
          rewritten(new String(payload, StandardCharsets.UTF_8), ofClient)
              .getBytes(StandardCharsets.UTF_8);
    }
    synchronized (out) {
      out.writeByte(first);
      int marked = masked ? 0x80 : 0;
      if (payload.length < 126) {
        out.writeByte(marked | payload.length);
      } else if (payload.length < 1 << 16) {
        out.writeByte(marked | 126);
        out.writeShort(payload.length);
      } else {
        out.writeByte(marked | 127);
        out.writeLong(payload.length);
      }
      if (masked) {
        out.writeInt(0);
      }
      out.write(payload);
      out.flush();
    }
  }

  private String rewritten(String message, boolean ofClient) throws IOException {
    Matcher candidate = CANDIDATE.matcher(message);
    if (!candidate.find()) {
      return message;
    }
    InetSocketAddress address =
        new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2)));
    int port;
    if (ofClient) {
      UdpRelay relay = new UdpRelay(address);
      relays.add(relay);
      port = relay.portForWorker();
    } else {
      UdpRelay relay = relays.get(relays.size() - 1);
      relay.worker(address);
      port = relay.portForClient();
    }
    String only =
        "a=candidate:1 1 udp 2113937151 %s %d typ host generation 0"
            .formatted(address.getAddress().getHostAddress(), port);
    String marked =
        message.substring(0, candidate.start()) + "\u0000" + message.substring(candidate.end());
    String changed = ANY_CANDIDATE.matcher(marked).replaceAll("").replace("\u0000", only);
    return restarts ? changed : RESTARTS.matcher(changed).replaceAll("");
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    for (UdpRelay relay : relays) {
      relay.close();
    }
  }
}
