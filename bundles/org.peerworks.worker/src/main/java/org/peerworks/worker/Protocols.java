package org.peerworks.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.protocol.api.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocols that this worker speaks now. */
final class Protocols {

  private static final Logger LOG = LoggerFactory.getLogger(Protocols.class);

  private record Named(String name, Protocol protocol) {}

  private final List<Named> all = new CopyOnWriteArrayList<>();
  private volatile String problem = "";

  void add(String name, Protocol protocol) {
    all.add(new Named(name, protocol));
  }

  void remove(Protocol protocol) {
    all.removeIf(named -> named.protocol() == protocol);
  }

  List<String> names() {
    return all.stream().map(Named::name).sorted().toList();
  }

  /** Who speaks on a channel of this label. */
  Optional<Protocol> accepting(String label) {
    for (Named named : all) {
      try {
        if (named.protocol().accepts(label)) {
          return Optional.of(named.protocol());
        }
      } catch (RuntimeException e) {
        LOG.error("Protocol '{}' failed to judge a channel", named.name(), e);
      }
    }
    return Optional.empty();
  }

  /** What the room is told, by the protocols' names. */
  Map<String, Object> announcements() {
    Map<String, Object> announced = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Named named : all) {
      try {
        announced.put(named.name(), named.protocol().announcement());
      } catch (RuntimeException e) {
        String told = "protocol '" + named.name() + "' serves nobody: " + e.getMessage();
        problems.add(told);
        if (!problem.contains(told)) { // it announces itself again and again
          LOG.error("Protocol '{}' serves nobody: {}", named.name(), e.getMessage(), e);
        }
      }
    }
    problem = String.join("; ", problems);
    return announced;
  }

  /** Why a protocol cannot serve, as its last announcement found; empty if all can. */
  String problem() {
    return problem;
  }
}
