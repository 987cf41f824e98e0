package org.peerworks.transport.direct;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.peerworks.signaling.api.Signal;

/**
 * The other side, made of the JDK's own TLS sockets: it trusts everybody, presents whatever key it
 * is told to, and writes what it wants.
 */
final class RawTls implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final SSLSocket socket;
  final DataInputStream in;
  final DataOutputStream out;

  private RawTls(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Asks the worker of a pair for an invitation, as the member "raw" of its room. */
  static Note.Answer invitation(Pair pair, Fingerprint fingerprint) throws Exception {
    try (MemoryRoom room = new MemoryRoom(pair.members, "raw")) {
      BlockingQueue<Note> notes = new LinkedBlockingQueue<>();
      room.listen(signal -> Note.Json.read(((Signal.Message) signal).json()).ifPresent(notes::add));
      Note offer = new Note.Offer(Note.Json.newTicket(), fingerprint);
      room.send(new Signal.Message("worker", Note.Json.write(offer)));
      return (Note.Answer) notes.poll(60, TimeUnit.SECONDS);
    }
  }

  static Socket connect(Note.Answer answer) throws IOException {
    Socket socket = new Socket(answer.addresses().get(0), answer.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(Preamble.of(answer.ticket()).array());
    return socket;
  }

  /** As the client that was invited, with a key of its own choice; {@code null} for none. */
  static RawTls client(Note.Answer answer, Identity key, String version) throws Exception {
    return open(connect(answer), key, version, true);
  }

  /** The other way around. */
  static RawTls server(Socket accepted, Identity key) throws Exception {
    accepted.setSoTimeout(PATIENCE_MILLIS);
    accepted.getInputStream().readNBytes(Preamble.SIZE);
    return open(accepted, key, "TLSv1.3", false);
  }

  private static RawTls open(Socket plain, Identity key, String version, boolean client)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = key == null ? new KeyManager[0] : new KeyManager[] {key};
    context.init(keys, new TrustManager[] {new Gullible()}, null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(client);
    socket.setEnabledProtocols(new String[] {version});
    socket.setNeedClientAuth(!client);
    socket.startHandshake();
    return new RawTls(socket);
  }

  /** Does what a well-behaved client does first: takes the other side's hello, says its own. */
  RawTls hello() throws IOException {
    expect(Frames.HELLO);
    return frame(Frames.number(Frames.HELLO, 0, Frames.VERSION));
  }

  RawTls frame(ByteBuffer frame) throws IOException {
    out.write(frame.array(), 0, frame.remaining());
    out.flush();
    return this;
  }

  /** Reads one frame of a kind; its content. */
  ByteBuffer expect(int kind) throws IOException {
    while (true) {
      int first = in.readInt();
      in.readInt();
      byte[] content = in.readNBytes(first & 0xffffff);
      if (first >>> 24 == kind) {
        return ByteBuffer.wrap(content);
      }
      if (first >>> 24 != Frames.PING) {
        throw new IOException("A frame of kind " + (first >>> 24) + " came.");
      }
    }
  }

  /** Ends without a word, as a machine does that has lost its power. */
  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Gullible implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Trusts everybody.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Trusts everybody.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
