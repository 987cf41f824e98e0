package org.peerworks.files.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a WebSocket of Jetty to a talk with a page. Public, as Jetty calls it by name. */
public final class PageSocket extends Session.Listener.AbstractAutoDemanding
    implements Audience.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(PageSocket.class);

  private final Audience audience;
  private final Outbox outbox = new Outbox(this::write, this::disconnect);
  private final Talk talk;

  PageSocket(Audience audience) {
    this.audience = audience;
    this.talk = new Talk(audience.source(), this::send, System::nanoTime);
  }

  @Override
  public void onWebSocketOpen(Session session) {
    super.onWebSocketOpen(session);
    if (!audience.enter(this)) {
      session.close(
          StatusCode.TRY_AGAIN_LATER,
          "At most " + Audience.MOST + " pages at the same time. Close one.",
          Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketText(String message) {
    talk.hear(message);
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    getSession().close(StatusCode.BAD_DATA, "Text messages only", Callback.NOOP);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("The socket of a page failed", cause);
    end();
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason) {
    end();
  }

  @Override
  public void send(ObjectNode message) {
    outbox.send(message.toString());
  }

  @Override
  public void beat(ObjectNode message) {
    if (outbox.isIdle()) {
      send(message);
    }
  }

  private void write(String message) {
    getSession().sendText(message, Callback.from(outbox::sent, cause -> disconnect()));
  }

  private void disconnect() {
    getSession().disconnect();
    end();
  }

  private void end() {
    audience.leave(this);
    outbox.close();
    talk.close();
  }
}
