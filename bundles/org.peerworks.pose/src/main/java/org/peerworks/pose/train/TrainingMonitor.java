package org.peerworks.pose.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.peerworks.pose.config.TrainerConfig;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Tells a monitor such as SLEAP's how the training goes, and hears whether it shall stop; in the
 * messages of sleap-nn: {@code train_begin}, {@code epoch_begin}, {@code batch_end}, {@code
 * epoch_end}, {@code train_end}, and the command {@code {"command":"stop"}}. A monitor that is not
 * there delays nothing. Of one thread.
 */
final class TrainingMonitor implements AutoCloseable {

  private static final String ADDRESS = "tcp://127.0.0.1:";
  private static final int LARGEST_COMMAND = 4096;
  private static final int LINGER_MILLIS = 1000;
  private static final int MOST_COMMANDS = 100;

  /**
   * JeroMQ 0.6.0 now and then forgets to read from a connection that it has just made, where it is
   * told something else at that moment: then it has to try again, and not only after 30 seconds.
   */
  private static final int HANDSHAKE_MILLIS = 2000;

  private final JsonMapper mapper = new JsonMapper();
  private final String what;
  private final ZContext context;
  private Optional<ZMQ.Socket> messages = Optional.empty();
  private Optional<ZMQ.Socket> commands = Optional.empty();
  private boolean stopAsked;

  private TrainingMonitor(String what, ZContext context) {
    this.what = what;
    this.context = context;
  }

  /**
   * @param what is trained
   */
  static TrainingMonitor of(TrainerConfig.Monitor ports, String what) {
    TrainingMonitor monitor = new TrainingMonitor(what, new ZContext());
    if (ports.publish().isPresent()) {
      ZMQ.Socket socket = monitor.context.createSocket(SocketType.PUB);
      socket.setLinger(LINGER_MILLIS);
      socket.setHandshakeIvl(HANDSHAKE_MILLIS);
      socket.connect(ADDRESS + ports.publish().get());
      monitor.messages = Optional.of(socket);
    }
    if (ports.controller().isPresent()) {
      ZMQ.Socket socket = monitor.context.createSocket(SocketType.SUB);
      socket.setMaxMsgSize(LARGEST_COMMAND);
      socket.setHandshakeIvl(HANDSHAKE_MILLIS);
      socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
      socket.connect(ADDRESS + ports.controller().get());
      monitor.commands = Optional.of(socket);
    }
    return monitor;
  }

  void trainingBegins() {
    send(event("train_begin"));
  }

  /**
   * @param epoch from 0
   */
  void epochBegins(int epoch) {
    send(event("epoch_begin").put("epoch", epoch));
  }

  void batchEnded(int epoch, int batch, double loss) {
    ObjectNode event = event("batch_end").put("epoch", epoch).put("batch", batch);
    event.putObject("logs").put("loss", loss).put("train/loss", loss);
    send(event);
  }

  void epochEnded(int epoch, double loss, double validationLoss) {
    ObjectNode event = event("epoch_end").put("epoch", epoch);
    event
        .putObject("logs")
        .put("loss", loss)
        .put("train/loss", loss)
        .put("val_loss", validationLoss)
        .put("val/loss", validationLoss);
    send(event);
  }

  void trainingEnded() {
    send(event("train_end"));
  }

  /** Whether somebody has asked for the end of the training. */
  boolean stopAsked() {
    for (int i = 0; i < MOST_COMMANDS && !stopAsked && commands.isPresent(); i++) {
      byte[] command = commands.get().recv(ZMQ.DONTWAIT);
      if (command == null) {
        break;
      }
      stopAsked = isStop(command);
    }
    return stopAsked;
  }

  private boolean isStop(byte[] command) {
    try {
      JsonNode json = mapper.readTree(new String(command, StandardCharsets.UTF_8));
      return json != null && json.path("command").asText().equals("stop");
    } catch (JsonProcessingException e) {
      return false; // whoever can reach the port may send anything
    }
  }

  private ObjectNode event(String name) {
    return mapper.createObjectNode().put("what", what).put("event", name);
  }

  private void send(ObjectNode event) {
    messages.ifPresent(
        socket -> socket.send(event.toString().getBytes(StandardCharsets.UTF_8), ZMQ.DONTWAIT));
  }

  @Override
  public void close() {
    context.close();
  }
}
