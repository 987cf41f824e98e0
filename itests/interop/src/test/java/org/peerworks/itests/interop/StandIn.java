package org.peerworks.itests.interop;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** One stand-in: what it has observed so far. */
final class StandIn {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILL = 9;
  private static final int LONG = 60;

  private final StandIns nursery;
  private final String name;
  private final Path directory;
  private final List<JsonNode> facts = new CopyOnWriteArrayList<>();

  StandIn(StandIns nursery, String name, Path directory) {
    this.nursery = nursery;
    this.name = name;
    this.directory = directory;
  }

  void observed(JsonNode fact) {
    facts.add(fact);
  }

  /** Where it runs. */
  Path directory() {
    return directory;
  }

  Stream<JsonNode> facts(String kind) {
    return facts.stream().filter(fact -> fact.get("fact").textValue().equals(kind));
  }

  /** Whether it has got such a text from its peer. */
  boolean got(String regex) {
    return facts("got").anyMatch(fact -> fact.get("text").textValue().matches("(?s)" + regex));
  }

  /** Waits until it has got such a text. */
  String awaitGot(String regex) {
    return expect("got", fact -> fact.get("text").textValue().matches("(?s)" + regex))
        .get("text")
        .textValue();
  }

  JsonNode expect(String kind) {
    return expect(kind, fact -> true);
  }

  /** Waits for a fact; fails at once if the stand-in ends without it. */
  JsonNode expect(String kind, Predicate<JsonNode> which) {
    try {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> facts(kind).anyMatch(which) || facts("ended").findAny().isPresent());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("No fact '" + kind + "' within " + PATIENCE + " in\n" + this, e);
    }
    return facts(kind)
        .filter(which)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No fact '" + kind + "' in\n" + this));
  }

  /** Whether its process is gone. */
  boolean hasEnded() {
    return facts("ended").findAny().isPresent();
  }

  /** How it ended: the last word of a client. */
  String outcome() {
    return expect("outcome").get("state").textValue();
  }

  void kill() throws IOException {
    nursery.signal(name, KILL);
    expect("ended");
  }

  /** Its last facts, for messages of assertions. */
  @Override
  public String toString() {
    return facts.stream()
        .skip(Math.max(0, facts.size() - LONG))
        .map(JsonNode::toString)
        .map(text -> text.length() > 500 ? text.substring(0, 500) + "…" : text)
        .collect(Collectors.joining("\n", name + ":\n", ""));
  }
}
