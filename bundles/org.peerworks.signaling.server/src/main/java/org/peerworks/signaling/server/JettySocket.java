package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties one of Jetty's WebSocket sessions to its conversation. Public, as Jetty calls it by name.
 */
public final class JettySocket extends Session.Listener.AbstractAutoDemanding
    implements PeerSocket {

  private static final Logger LOG = LoggerFactory.getLogger(JettySocket.class);

  private final Hub hub;
  private final Seat seat;
  private final SendQueue queue;
  private final AtomicBoolean ponging = new AtomicBoolean();
  private final AtomicBoolean pinging = new AtomicBoolean();
  private volatile Conversation conversation;

  JettySocket(Hub hub, Seat seat, Limits limits) {
    this.hub = hub;
    this.seat = seat;
    this.queue = new SendQueue(limits.queueBytes(), this::write, this::disconnectSlowReader);
  }

  @Override
  public void onWebSocketOpen(Session session) {
    super.onWebSocketOpen(session);
    conversation = hub.open(seat, this).orElse(null);
    if (conversation == null) {
      session.disconnect();
    }
  }

  @Override
  public void onWebSocketText(String message) {
    Conversation talking = conversation;
    if (talking != null) {
      talking.heard(hub.now());
      talking.message(message);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    close(CloseCode.NOT_TEXT, "This server takes text messages only");
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    if (!control()) {
      return;
    }
    // RFC 6455, 5.5.3: of several pings, only the last needs a pong.
    if (ponging.compareAndSet(false, true)) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      getSession().sendPong(copy, once(ponging));
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    control();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("A connection from '{}' failed", address(), cause);
    end();
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason) {
    end();
  }

  @Override
  public void send(ObjectNode message) {
    queue.offer(message.toString());
  }

  @Override
  public void ping() {
    if (pinging.compareAndSet(false, true)) {
      getSession().sendPing(ByteBuffer.allocate(0), once(pinging));
    }
  }

  @Override
  public void close(int code, String reason) {
    queue.finish(() -> getSession().close(code, reason, Callback.NOOP));
  }

  /** Without a handshake, at once. */
  void disconnect() {
    queue.abandon();
    Session session = getSession();
    if (session != null) {
      session.disconnect();
    }
  }

  /** Counts a ping or pong; one who sends too many may not read either, so nothing is said. */
  private boolean control() {
    Conversation talking = conversation;
    if (talking == null || talking.control(hub.now())) {
      return true;
    }
    LOG.warn("Disconnecting '{}', which sends too many pings", address());
    disconnect();
    return false;
  }

  private static Callback once(AtomicBoolean underWay) {
    return Callback.from(() -> underWay.set(false), cause -> underWay.set(false));
  }

  private void write(String message) {
    getSession().sendText(message, Callback.from(queue::sent, cause -> disconnect()));
  }

  private void disconnectSlowReader() {
    LOG.warn("Disconnecting a reader at '{}' that is too slow", address());
    hub.metrics().slow();
    getSession().disconnect();
  }

  private void end() {
    queue.abandon();
    Conversation ending = conversation;
    if (ending != null) {
      hub.ended(ending);
    } else {
      hub.free(seat);
    }
  }

  private String address() {
    return seat.address().getHostAddress();
  }
}
