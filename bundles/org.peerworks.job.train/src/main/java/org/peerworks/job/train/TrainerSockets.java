package org.peerworks.job.train;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The two ZeroMQ sockets that a trainer connects to, on the loopback address: a publisher of
 * commands, and a subscriber to what the trainer publishes. Used by one thread at a time.
 */
final class TrainerSockets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainerSockets.class);
  private static final String ADDRESS = "tcp://127.0.0.1";
  private static final int MOST_WAITING = 256;
  private static final int MOST_AT_ONCE = 1000;

  /** A larger message ends the connection that it came by. */
  private static final long LARGEST_RECEIVED = 1 << 20;

  private static final long LARGEST_SUBSCRIPTION = 1024;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket commands;
  private final ZMQ.Socket messages;
  private ZMQ.Poller poller;
  private TrainerPorts ports;
  private boolean listener;

  private TrainerSockets() {
    context.setLinger(0);
    // Such a publisher learns whether anybody has subscribed.
    commands = context.createSocket(SocketType.XPUB);
    commands.setMaxMsgSize(LARGEST_SUBSCRIPTION);
    commands.setSndHWM(MOST_WAITING);
    messages = context.createSocket(SocketType.SUB);
    messages.setMaxMsgSize(LARGEST_RECEIVED);
    messages.setRcvHWM(MOST_WAITING);
    messages.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  /** Binds ports that are free; empty if there are none. */
  static Optional<TrainerSockets> bindAny() {
    return bind(
        sockets ->
            new TrainerPorts(
                sockets.commands.bindToRandomPort(ADDRESS),
                sockets.messages.bindToRandomPort(ADDRESS)));
  }

  /** Binds the ports of a trainer that may run; empty if somebody else has them. */
  static Optional<TrainerSockets> bind(TrainerPorts ports) {
    return bind(
        sockets -> {
          sockets.commands.bind(ADDRESS + ":" + ports.controller());
          sockets.messages.bind(ADDRESS + ":" + ports.publish());
          return ports;
        });
  }

  private interface Binding {
    TrainerPorts bind(TrainerSockets sockets);
  }

  private static Optional<TrainerSockets> bind(Binding binding) {
    TrainerSockets sockets = new TrainerSockets();
    try {
      sockets.ports = binding.bind(sockets);
      return Optional.of(sockets);
    } catch (ZMQException e) {
      sockets.close();
      LOG.warn("The trainer cannot be heard, so its log tells how far it is: {}", e.toString());
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      sockets.close();
      throw e;
    }
  }

  TrainerPorts ports() {
    return ports;
  }

  /** Waits for messages of the trainer, and hands on those that have come. */
  void listen(int millis, Consumer<byte[]> heard) {
    if (poller == null) {
      poller = context.createPoller(2);
      poller.register(messages, ZMQ.Poller.POLLIN);
      poller.register(commands, ZMQ.Poller.POLLIN);
    }
    poller.poll(millis);
    for (byte[] bytes = commands.recv(ZMQ.DONTWAIT);
        bytes != null;
        bytes = commands.recv(ZMQ.DONTWAIT)) {
      // ZMTP 3: 1 subscribes, 0 takes that back; told for the first and the last one of a topic
      if (bytes.length == 1) {
        listener = bytes[0] == 1;
      }
    }
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      byte[] bytes = messages.recv(ZMQ.DONTWAIT);
      if (bytes == null) {
        return;
      }
      if (!messages.hasReceiveMore()) {
        heard.accept(bytes);
      }
    }
  }

  /** Whether a trainer has subscribed to all commands. */
  boolean hasListener() {
    return listener;
  }

  void say(byte[] command) {
    commands.send(command, ZMQ.DONTWAIT);
  }

  @Override
  public void close() {
    context.close();
  }
}
