package org.peerworks.worker;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets peers in over each transport while the worker is in a room. */
final class Doors {

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final Peers peers;
  private final Map<Transport, String> transports = new IdentityHashMap<>();
  private final Map<Transport, AutoCloseable> open = new IdentityHashMap<>();
  private final Map<Transport, String> refusals = new IdentityHashMap<>();
  private Optional<Room> room = Optional.empty();

  Doors(Peers peers) {
    this.peers = peers;
  }

  synchronized List<String> transports() {
    return transports.values().stream().sorted().toList();
  }

  /**
   * Why no peer can come in; empty if one can. To be called on the agenda's thread, as all that
   * opens and closes.
   */
  String problem() {
    if (!open.isEmpty()) {
      return "";
    }
    return refusals.isEmpty()
        ? "no transport has started"
        : refusals.values().stream().sorted().collect(Collectors.joining("; "));
  }

  /** What the transports that accept peers say of themselves, by their names, if anything. */
  Map<String, Object> announcements() {
    Map<String, Object> announced = new TreeMap<>();
    for (Transport transport : open.keySet()) {
      String name = name(transport);
      try {
        Map<String, Object> said = transport.announcement();
        if (!said.isEmpty()) {
          announced.put(name, said);
        }
      } catch (RuntimeException e) {
        LOG.error("What '{}' says of itself is not known", name, e);
      }
    }
    return announced;
  }

  private synchronized String name(Transport transport) {
    return transports.getOrDefault(transport, "?");
  }

  void add(String name, Transport transport) {
    synchronized (this) {
      transports.put(transport, name);
    }
    room.ifPresent(here -> open(name, transport, here));
  }

  void remove(Transport transport) {
    synchronized (this) {
      transports.remove(transport);
    }
    close(transport);
  }

  void openAll(Room here) {
    room = Optional.of(here);
    Map<Transport, String> now;
    synchronized (this) {
      now = new IdentityHashMap<>(transports);
    }
    now.forEach((transport, name) -> open(name, transport, here));
  }

  /** Accepts no more; peers that are in stay. */
  void closeAll() {
    room = Optional.empty();
    List.copyOf(open.keySet()).forEach(this::close);
    refusals.clear();
  }

  private void open(String name, Transport transport, Room here) {
    try {
      open.put(transport, transport.accept(here, peers::accept));
      LOG.info("Accepting peers over '{}'", name);
    } catch (RuntimeException | Error e) { // such as a native library that is not there
      String reason = reason(e);
      refusals.put(transport, "cannot accept peers over '" + name + "': " + reason);
      LOG.error("Cannot accept peers over '{}': {}", name, reason, e);
    }
  }

  /** In the words of whoever knew best: the terminal shows no causes. */
  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return message;
    }
    return failure.getCause() == null ? failure.toString() : reason(failure.getCause());
  }

  private void close(Transport transport) {
    refusals.remove(transport);
    AutoCloseable door = open.remove(transport);
    try {
      if (door != null) {
        door.close();
      }
    } catch (Exception e) {
      LOG.warn("A transport did not stop accepting in order", e);
    }
  }
}
